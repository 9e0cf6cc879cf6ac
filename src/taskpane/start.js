/*
 * Runs before anything else, in JavaScript that every web view understands: when the pane has not come up after ten
 * seconds it says why, as far as that can be seen from here, and offers to try again. Loaded as it stands, not bundled.
 */
(function () {
  var PATIENCE = 10000;
  var failed = "";
  var chinese = /^zh/i.test(navigator.language || navigator.userLanguage || "zh");

  window.onerror = function (message) {
    failed = failed || String(message);
  };

  function reason() {
    if (/SyntaxError|syntax|Invalid regular expression|unexpected token/i.test(failed)) {
      return chinese
        ? "这台电脑上的 Excel 用来显示面板的浏览器组件太旧。请更新 Office 和 WebView2（Mac 请更新 macOS 和 Safari 到 16.4 以上），或用 Excel 网页版打开工作簿。"
        : "The browser component in which Excel shows this pane is too old. Update Office and WebView2 (on a Mac: macOS and Safari 16.4 or later), or open the workbook in Excel on the web.";
    }
    if (!window.Office) {
      return chinese
        ? "没有连上微软的 Office.js（appsforoffice.microsoft.com）。请检查网络；如果公司限制上网，请管理员放行这个地址。"
        : "Microsoft's Office.js (appsforoffice.microsoft.com) could not be loaded. Check the network; where access is restricted, ask the administrator to allow this address.";
    }
    if (window.tiaoliOutside) {
      return chinese
        ? "这个页面要在 Excel 里打开。没有 Excel 时，请用浏览器工作台 workbench.html，或命令 tiaoli。"
        : "This page has to be opened in Excel. Without Excel, use the workbench (workbench.html) or the command tiaoli.";
    }
    if (failed) {
      return (chinese ? "面板启动时出错：" : "The pane failed to start: ") + failed;
    }
    return chinese
      ? "Excel 还没有回应。请稍等；如果一直这样，请关闭面板后重新打开，或重新打开工作簿。"
      : "Excel has not answered yet. Wait a moment; if it stays so, close the pane and open it again, or reopen the workbook.";
  }

  function show() {
    var place = document.getElementById("starting");
    if (window.tiaoliStarted || !place) return;
    while (place.firstChild) place.removeChild(place.firstChild);
    place.setAttribute("role", "alert");
    place.appendChild(document.createTextNode(reason()));
    place.appendChild(document.createElement("br"));
    var again = document.createElement("button");
    again.type = "button";
    again.appendChild(document.createTextNode(chinese ? "重试" : "Try again"));
    again.onclick = function () {
      location.reload();
    };
    place.appendChild(again);
  }

  setTimeout(show, PATIENCE);
})();
