using System.Net;
using System.Text.Json.Nodes;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Nobody gives values to what was not asked for (CWE-915), in any body of the API's description.</summary>
public sealed class MassAssignmentTests(AllRoles house) : IClassFixture<AllRoles>
{
    [Fact]
    public async Task Every_body_of_the_api_refuses_a_member_that_it_does_not_know()
    {
        var bodies = (await ApiDocument.Operations(house.Host)).Where(o => o.Body is not null).ToList();
        bodies.Count.ShouldBeGreaterThan(25);
        var before = await house.Host.EventCount();
        var taken = new List<string>();
        foreach (var operation in bodies)
        {
            foreach (var member in new[] { "isOperator", "owner", "person_id", "$type", "__proto__" }.Where(m => !operation.Body!.ContainsKey(m))) // filtered above
            {
                var body = operation.Body!.DeepClone().AsObject(); // filtered above
                body[member] = house.Olga.Person;
                var answer = await AllRoles.Send(house.Olga.Client, operation.Method, house.At(operation), body.ToJsonString());
                if (answer.Status != HttpStatusCode.BadRequest || answer.Code != "malformed-request" || !answer.Body.Contains("unknown-member", StringComparison.Ordinal))
                    taken.Add($"{operation} {member}: {answer}");
            }
        }

        taken.ShouldBeEmpty();
        (await house.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task Every_list_within_a_body_refuses_unknown_members_too()
    {
        var nested = (await ApiDocument.Operations(house.Host)).Where(o => o.Body is not null).SelectMany(o => Nested(o.Body!).Select(n => (Operation: o, Body: n))).ToList();
        nested.Count.ShouldBeGreaterThan(5);
        var taken = new List<string>();
        foreach (var (operation, body) in nested)
        {
            var answer = await AllRoles.Send(house.Olga.Client, operation.Method, house.At(operation), body);
            if (answer.Status != HttpStatusCode.BadRequest || !answer.Body.Contains("unknown-member", StringComparison.Ordinal)) taken.Add($"{operation} {body}: {answer}");
        }

        taken.ShouldBeEmpty();
    }

    private static IEnumerable<string> Nested(JsonObject body)
    {
        // A passkey's credential is the browser's word (W3C Web Authentication, 5.1): what it holds beyond ours is left alone, not taken in.
        // The members of a map are data, and each is checked as such (NoticeHttpTests).
        var objects = Objects(body).Where(o => o.Parent is not null && o.Count > 0 && o.GetPath() != "$.mail"
            && !o.GetPath().StartsWith("$.credential", StringComparison.Ordinal)).ToList();
        foreach (var one in objects)
        {
            one["isOperator"] = true;
            yield return body.ToJsonString();
            one.Remove("isOperator");
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => [members, .. members.SelectMany(m => Objects(m.Value))],
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
