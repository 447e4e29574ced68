using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Bodies and queries that are no honest JSON, no honest file, or say one thing twice, at every operation of the description.</summary>
public sealed class MalformedBodyTests(AllRoles house) : IClassFixture<AllRoles>
{
    [Fact]
    public async Task Every_json_body_that_is_malformed_is_refused_and_nothing_happens()
    {
        var before = await house.Host.EventCount();
        var faults = new List<string>();
        foreach (var operation in (await ApiDocument.Operations(house.Host)).Where(o => o.Body is not null))
        {
            foreach (var (what, json) in Malformed(operation.Body!)) // filtered above
            {
                if (!operation.BodyRequired && what is ("nothing" or "null")) continue;
                var answer = await AllRoles.Send(house.Olga.Client, operation.Method, house.At(operation), json);
                if (answer.Status != HttpStatusCode.BadRequest) faults.Add($"{operation} {what}: {answer}");
            }

            foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml" })
            {
                var answer = await AllRoles.Send(house.Olga.Client, operation.Method, house.At(operation), operation.Body!.ToJsonString(), type.Split(';')[0]); // filtered above
                if (answer.Status != HttpStatusCode.UnsupportedMediaType) faults.Add($"{operation} {type}: {answer}");
            }
        }

        faults.ShouldBeEmpty();
        (await house.Host.EventCount()).ShouldBe(before);
    }

    private static IEnumerable<(string What, string Json)> Malformed(JsonObject body)
    {
        var json = body.ToJsonString();
        var first = body.First();
        var firstMember = $"\"{first.Key}\":{first.Value?.ToJsonString() ?? "null"}";
        yield return ("a member twice", $"{{{firstMember},{json[1..]}");
        yield return ("a member twice in another case", $"{{\"{char.ToUpperInvariant(first.Key[0])}{first.Key[1..]}\":null,{json[1..]}");
        yield return ("deep nesting", $"{{\"{first.Key}\":{new string('[', 5000)}{new string(']', 5000)}}}");
        yield return ("two values", json + json);
        yield return ("a comment", "/* */" + json);
        yield return ("a comma too many", json[..^1] + ",}");
        yield return ("a list", $"[{json}]");
        yield return ("nothing", "");
        yield return ("null", "null");
        yield return ("a number without end", $"{{\"{first.Key}\":1e999999}}");
        yield return ("not a number", $"{{\"{first.Key}\":NaN}}");
        yield return ("xml", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_break_nothing()
    {
        foreach (var operation in (await ApiDocument.Operations(house.Host)).Where(o => o.Body is not null))
        {
            using var content = new ByteArrayContent([.. "{\""u8, 0xC0, 0x80, 0xFF, 0xFE, .. "\":1}"u8]);
            content.Headers.ContentType = new("application/json");
            var answer = await Pages.Send(house.Olga.Client, operation.Method, house.At(operation), content);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, $"{operation} {answer}");
        }
    }

    [Theory]
    [InlineData("limit=1&limit=200")]
    [InlineData("limit=-1")]
    [InlineData("limit=999999999999999999999")]
    [InlineData("cursor=../../etc/passwd")]
    [InlineData("cursor=%27%20or%201=1%20--")]
    [InlineData("cursor=AAAA&cursor=BBBB")]
    [InlineData("q=%25%25%25___%5C&language=%27;--&type=x&kind=x&state=x&phase=x&person=x&firm=x&skill=%00")]
    [InlineData("q=a&q=b&from=x&from=y&to=z&asOf=yesterday&asOfVersion=0&asOfPosition=-1&uri=x&uri=y&dryRun=maybe")]
    [InlineData("from=-0001-01-01T00:00:00Z&to=99999-01-01&asOfVersion=9223372036854775808")]
    [InlineData("__proto__[x]=1&constructor.prototype=1&$where=1&a[]=1&a[$ne]=1")]
    public async Task Hostile_and_repeated_parameters_break_no_list(string query)
    {
        var faults = new List<string>();
        foreach (var operation in (await ApiDocument.Operations(house.Host)).Where(o => o.Method == HttpMethod.Get))
        {
            var answer = await house.Olga.Client.Get($"{house.At(operation)}?{query}");
            if ((int)answer.Status >= 500) faults.Add($"{operation}: {answer}");
        }

        foreach (var page in Pages.Of(house.Host).Select(p => p.At(house.Cluster, house.Firm, house.Olga.Person)))
        {
            var answer = await Pages.Read(house.Olga.Client, $"{page}?{query}&to=x&number=x&search=x&page=-1&sort='");
            if ((int)answer.Status >= 500) faults.Add($"{page}: {answer.Status}");
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_limits_neither_counts() =>
        (await house.Olga.Client.Get("/clusters?limit=1&limit=2")).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("%27%20or%201=1--")]
    [InlineData("..%2f..%2f")]
    [InlineData("%F0%9F%91%A9")]
    [InlineData("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f%0a")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("{0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f}")]
    [InlineData("%3Cscript%3E")]
    [InlineData("1;drop")]
    public async Task No_id_that_is_none_breaks_a_route(string id)
    {
        var faults = new List<string>();
        foreach (var operation in (await ApiDocument.Operations(house.Host)).Where(o => o.RouteValues.Count > 0))
        {
            var content = operation.Body is { } body ? new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")) : null;
            var answer = await Pages.Send(house.Olga.Client, operation.Method, operation.At(_ => id), content);
            // Of what does not exist there is nothing to list, and nothing to take away.
            var nothing = answer.Body.StartsWith("{\"items\":[]", StringComparison.Ordinal) || operation.Method == HttpMethod.Delete;
            if ((!nothing && (int)answer.Status is < 400 or >= 500) || answer.Body.Contains("<script>", StringComparison.Ordinal)) faults.Add($"{operation}: {answer}");
        }

        faults.ShouldBeEmpty();
    }
}
