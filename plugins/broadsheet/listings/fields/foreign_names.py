"""What columns are called in other languages than English, by the field that they mean.

Chinese, Japanese, Korean, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian,
Turkish and Arabic; as `field_names.normal` leaves names: without case, spaces and signs.
"""

from __future__ import annotations

NAMES_ELSEWHERE = {
    "title": "标题 標題 题目 題目 题名 題名 论文标题 論文標題 论文题目 论文名称 文章标题 文献标题 "
    "篇名 タイトル 表題 論文名 論文タイトル 제목 논문제목 논문명 titel titre título "
    "titulo titolo tytuł название заголовок başlık العنوان عنوان",
    "subtitle": "untertitel soustitre subtítulo sottotitolo ondertitel",
    "abstract": "摘要 内容摘要 论文摘要 抄録 要旨 要約 概要 초록 요약 zusammenfassung kurzfassung "
    "résumé resume resumen resumo riassunto sommario samenvatting streszczenie аннотация "
    "реферат özet الملخص ملخص",
    "authors": "作者 全部作者 论文作者 作者姓名 著者 著者名 執筆者 저자 저자명 autoren autor "
    "autorinnen verfasser auteurs auteur autores autori autore autorzy авторы автор "
    "yazarlar yazar المؤلفون المؤلف المؤلفين",
    "url": "链接 連結 论文链接 网址 網址 地址 论文地址 リンク 링크 주소 adresse lien enlace "
    "enlaces ligação collegamento odnośnik ссылка bağlantı الرابط رابط",
    "code": "代码 代码链接 代码地址 開源代碼 コード 코드",
    "keywords": "关键词 關鍵詞 关键字 標籤 标签 キーワード 키워드 schlagwörter schlagworte "
    "schlüsselwörter stichwörter motsclés motscles palabrasclave palavraschave "
    "parolechiave trefwoorden słowakluczowe ключевыеслова anahtarkelimeler "
    "الكلماتالمفتاحية",
    "subjects": "类别 類別 分类 カテゴリ カテゴリー 분류 kategorie kategorien catégorie catégories "
    "categoría categorías categoria categorias",
    "venue": "期刊 期刊名称 刊名 会议 来源 来源期刊 发表期刊 雑誌 雑誌名 掲載誌 会議名 학술지 저널 "
    "zeitschrift tagung konferenz revue périodique conférence revista periódico congreso "
    "rivista tijdschrift czasopismo журнал dergi المجلة مجلة",
    "organisation": "机构 單位 单位 作者单位 所属 "
    "所属機関 소속 einrichtung établissement institución "
    "instituição istituzione",
    "published": "发表日期 发布日期 出版日期 日期 发表时间 "
    "发布时间 出版时间 年份 年 出版年 发表年份 "
    "日付 発行日 公開日 出版年月 発行年 날짜 게시일 발행일 발행연도 연도 datum "
    "veröffentlicht erschienen erscheinungsdatum erscheinungsjahr jahr année annee "
    "datedeparution dateparution datedepublication año fecha fechadepublicación ano data "
    "datadepublicação anno "
    "datadipubblicazione jaar rok дата датапубликации год tarih yıl التاريخ تاريخالنشر "
    "السنة publicado publicada publicadoem publié publiée paru pubblicato pubblicata gepubliceerd "
    "opublikowano опубликовано yayımlandı yayınlandı 게시됨 公開 发布 發布 نشر",
    "upvotes": "点赞 点赞数 いいね stimmen",
}
PERSON_ELSEWHERE = {
    "family": "姓 姓氏 성 nachname familienname apellido apellidos cognome sobrenome apelido "
    "achternaam nazwisko фамилия soyadı soyad nomdefamille",
    "given": "名 이름 vorname vornamen prénom prenom prénoms prenoms voornaam imię имя ad adı",
    "whole": "姓名 名字 氏名 名前 성명 성함 nombre nom nome naam фио isim الاسم",
}
"""What the parts of a person's name are called."""
