using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Security;
using Shouldly;

namespace ClusterNet.Tests.Resources;

/// <summary>A form of a page as somebody opened it: what it says is sent, but for what the test types.</summary>
internal sealed record PageForm(HttpClient Client, string Path, string Cookie, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <param name="language">Of the reader.</param>
    public static async Task<PageForm> Open(Account reader, string path, string name, string language = "en")
    {
        var page = await Pages.Send(reader.Client, HttpMethod.Get, path, null, ("Accept-Language", language));
        page.Status.ShouldBe(HttpStatusCode.OK, path);
        // A client's own Cookie header gives way to one of the request, so the session is repeated.
        return new(reader.Client, path, $"{reader.Client.DefaultRequestHeaders.GetValues("Cookie").Single()}; {page.Headers["Set-Cookie"].Split(';')[0]}", Of(page.Body, name, path));
    }

    /// <summary>The same form with other words typed into it.</summary>
    public PageForm Type(params (string Name, string Value)[] typed) =>
        this with { Fields = [.. Fields.Where(f => typed.All(t => t.Name != f.Key)), .. typed.Select(t => KeyValuePair.Create(t.Name, t.Value))] };

    public PageForm Leave(string name) => this with { Fields = [.. Fields.Where(f => f.Key != name)] };

    /// <returns>The page that follows; 302 where the command was carried out.</returns>
    public Task<Answer> Send(string language = "en") => Pages.Post(Client, Path, Fields, ("Cookie", Cookie), ("Accept-Language", language));

    /// <summary>The form as the answer shows it again.</summary>
    public PageForm Again(Answer answer, string name) => this with { Fields = Of(answer.ShouldBe(HttpStatusCode.OK).Body, name, Path) };

    private static IReadOnlyList<KeyValuePair<string, string>> Of(string html, string name, string path)
    {
        var page = new HtmlParser().ParseDocument(html);
        var form = page.QuerySelectorAll("form").Where(f => f.QuerySelector($"input[name=_handler][value='{name}']") is not null).ShouldHaveSingleItem($"{name} on {path}");
        return
        [
            .. form.QuerySelectorAll("input[name]").Cast<IHtmlInputElement>()
                .Where(i => i.Type is not ("checkbox" or "radio" or "submit") || i.IsChecked).Select(i => KeyValuePair.Create(i.Name ?? "", i.Value)),
            .. form.QuerySelectorAll("textarea[name]").Cast<IHtmlTextAreaElement>().Select(t => KeyValuePair.Create(t.Name ?? "", t.Value)),
            .. form.QuerySelectorAll("select[name]").Cast<IHtmlSelectElement>().Select(s => KeyValuePair.Create(s.Name ?? "", s.Value ?? "")),
        ];
    }
}
