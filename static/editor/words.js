/** The editor's words, in the languages of the pages. %s is filled in. */
const en = {
  text: "The text, written together", toolbar: "Write", bold: "Bold", italic: "Italic", link: "Link", bullets: "List", numbers: "Numbered list",
  quote: "Quote", cite: "Source", paragraph: "Paragraph", recommendation: "Recommendation", heading: "Heading", title: "Heading of this clause",
  headingOf: "Heading of the clause", up: "Move up", down: "Move down", add: "Add a clause", remove: "Remove this clause", undo: "Undo", redo: "Redo",
  plain: "Plain text", help: "Press Escape to leave the text. Alt and F10 lead to the buttons.", askLink: "Address of the link", askCite: "Source, in short",
  set: "Set", cancel: "Cancel", unlink: "Remove the link", notAddress: "Write an address that starts with https://, http:// or mailto:",
  opening: "The text is being opened…", opened: "Open. Nothing to save.", saved: "Saved %s", saving: "Saving…", again: "Try again",
  waiting: "Not saved yet. Kept on this page. Trying again in %s s.", waitingKept: "Not saved yet. Kept on this device. Trying again in %s s.",
  offline: "You are offline. Go on writing: your words are kept and sent when the line is back.",
  frozen: "The text cannot be changed now.", keptHere: "Your words are still on this page. Copy what you need before you leave it.",
  signedOut: "You are signed out. Sign in in another tab, then press “Try again”.", lost: "You cannot write in this text any more.",
  tooLarge: "This is too much to save at once.", refused: "The service could not take your last words.",
  cannotOpen: "We could not open the text. Trying again in %s s.", tooLong: "That is too long to paste at once. Paste it in parts.",
  plainly: "That was very large. Its words were pasted, without their look.", here: "Also here: %s", alone: "Nobody else is here.", somebody: "Somebody",
};
const fr = {
  text: "Le texte, écrit ensemble", toolbar: "Écrire", bold: "Gras", italic: "Italique", link: "Lien", bullets: "Liste", numbers: "Liste numérotée",
  quote: "Citation", cite: "Source", paragraph: "Paragraphe", recommendation: "Recommandation", heading: "Titre", title: "Titre de cette clause",
  headingOf: "Titre de la clause", up: "Monter", down: "Descendre", add: "Ajouter une clause", remove: "Retirer cette clause", undo: "Annuler", redo: "Rétablir",
  plain: "Texte simple", help: "Appuyez sur Échap pour quitter le texte. Alt et F10 mènent aux boutons.", askLink: "Adresse du lien", askCite: "Source, en bref",
  set: "Mettre", cancel: "Abandonner", unlink: "Retirer le lien", notAddress: "Écrivez une adresse qui commence par https://, http:// ou mailto:",
  opening: "Le texte s’ouvre…", opened: "Ouvert. Rien à enregistrer.", saved: "Enregistré à %s", saving: "Enregistrement…", again: "Réessayer",
  waiting: "Pas encore enregistré. Gardé sur cette page. Nouvel essai dans %s s.", waitingKept: "Pas encore enregistré. Gardé sur cet appareil. Nouvel essai dans %s s.",
  offline: "Vous êtes hors ligne. Continuez d’écrire : vos mots sont gardés et seront envoyés au retour de la connexion.",
  frozen: "Le texte ne peut plus être modifié.", keptHere: "Vos mots sont encore sur cette page. Copiez ce qu’il vous faut avant de la quitter.",
  signedOut: "Vous êtes déconnecté. Connectez-vous dans un autre onglet, puis appuyez sur « Réessayer ».", lost: "Vous ne pouvez plus écrire dans ce texte.",
  tooLarge: "C’est trop pour un seul enregistrement.", refused: "Le service n’a pas pu prendre vos derniers mots.",
  cannotOpen: "Nous n’avons pas pu ouvrir le texte. Nouvel essai dans %s s.", tooLong: "C’est trop long pour être collé en une fois. Collez-le par parties.",
  plainly: "C’était très grand. Les mots ont été collés, sans leur mise en forme.", here: "Aussi ici : %s", alone: "Personne d’autre n’est ici.", somebody: "Quelqu’un",
};
const es = {
  text: "El texto, escrito en común", toolbar: "Escribir", bold: "Negrita", italic: "Cursiva", link: "Enlace", bullets: "Lista", numbers: "Lista numerada",
  quote: "Cita", cite: "Fuente", paragraph: "Párrafo", recommendation: "Recomendación", heading: "Título", title: "Título de esta cláusula",
  headingOf: "Título de la cláusula", up: "Subir", down: "Bajar", add: "Añadir una cláusula", remove: "Quitar esta cláusula", undo: "Deshacer", redo: "Rehacer",
  plain: "Texto simple", help: "Pulse Escape para salir del texto. Alt y F10 llevan a los botones.", askLink: "Dirección del enlace", askCite: "Fuente, en breve",
  set: "Poner", cancel: "Cancelar", unlink: "Quitar el enlace", notAddress: "Escriba una dirección que empiece por https://, http:// o mailto:",
  opening: "Se está abriendo el texto…", opened: "Abierto. Nada que guardar.", saved: "Guardado a las %s", saving: "Guardando…", again: "Intentar de nuevo",
  waiting: "Aún sin guardar. Está en esta página. Nuevo intento en %s s.", waitingKept: "Aún sin guardar. Está en este dispositivo. Nuevo intento en %s s.",
  offline: "No hay conexión. Siga escribiendo: sus palabras se conservan y se enviarán cuando vuelva.",
  frozen: "El texto ya no se puede cambiar.", keptHere: "Sus palabras siguen en esta página. Copie lo que necesite antes de salir.",
  signedOut: "Su sesión terminó. Entre en otra pestaña y pulse «Intentar de nuevo».", lost: "Ya no puede escribir en este texto.",
  tooLarge: "Es demasiado para guardarlo de una vez.", refused: "El servicio no pudo tomar sus últimas palabras.",
  cannotOpen: "No pudimos abrir el texto. Nuevo intento en %s s.", tooLong: "Es demasiado largo para pegarlo de una vez. Péguelo por partes.",
  plainly: "Era muy grande. Se pegaron las palabras, sin su formato.", here: "También aquí: %s", alone: "No hay nadie más aquí.", somebody: "Alguien",
};
const ar = {
  text: "النص، نكتبه معاً", toolbar: "الكتابة", bold: "عريض", italic: "مائل", link: "رابط", bullets: "قائمة", numbers: "قائمة مرقّمة",
  quote: "اقتباس", cite: "مصدر", paragraph: "فقرة", recommendation: "توصية", heading: "عنوان", title: "عنوان هذا البند",
  headingOf: "عنوان البند", up: "إلى أعلى", down: "إلى أسفل", add: "إضافة بند", remove: "حذف هذا البند", undo: "تراجع", redo: "إعادة",
  plain: "نص بسيط", help: "اضغط Escape لمغادرة النص. Alt مع F10 ينقلان إلى الأزرار.", askLink: "عنوان الرابط", askCite: "المصدر باختصار",
  set: "ضع", cancel: "إلغاء", unlink: "إزالة الرابط", notAddress: "اكتب عنواناً يبدأ بـ https:// أو http:// أو mailto:",
  opening: "يُفتح النص…", opened: "مفتوح. لا شيء للحفظ.", saved: "حُفظ في %s", saving: "يُحفظ…", again: "حاول مرة أخرى",
  waiting: "لم يُحفظ بعد. محفوظ في هذه الصفحة. محاولة جديدة بعد %s ث.", waitingKept: "لم يُحفظ بعد. محفوظ على هذا الجهاز. محاولة جديدة بعد %s ث.",
  offline: "أنت غير متصل. واصل الكتابة: كلماتك محفوظة وستُرسل عند عودة الاتصال.",
  frozen: "لا يمكن تغيير النص الآن.", keptHere: "كلماتك ما زالت في هذه الصفحة. انسخ ما تحتاجه قبل أن تغادرها.",
  signedOut: "انتهت جلستك. ادخل في لسان آخر ثم اضغط «حاول مرة أخرى».", lost: "لم يعد بإمكانك الكتابة في هذا النص.",
  tooLarge: "هذا أكثر مما يمكن حفظه مرة واحدة.", refused: "لم تستطع الخدمة أخذ كلماتك الأخيرة.",
  cannotOpen: "لم نستطع فتح النص. محاولة جديدة بعد %s ث.", tooLong: "هذا أطول من أن يُلصق مرة واحدة. ألصقه على أجزاء.",
  plainly: "كان كبيراً جداً. أُلصقت الكلمات بلا شكلها.", here: "هنا أيضاً: %s", alone: "لا أحد غيرك هنا.", somebody: "شخص ما",
};

export const LANGUAGES = { en, fr, es, ar };

/** The words of a language tag; English where there are none. */
export const wordsOf = (lang) => LANGUAGES[(lang || "").toLowerCase().split("-")[0]] || en;

export const fill = (words, value) => words.replace("%s", () => value);
