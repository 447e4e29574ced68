using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Notices;

internal static class ChooseNoticeMailEndpoints
{
    private static readonly Refusal UnknownTopic = new("unknown-topic", "There is no such topic. Known ones are in 'topics'.", 422);

    /// <param name="Mail">By topic: never, digest (one mail a day) or at-once. A topic that is left out, or null, follows what each kind of notice suggests.</param>
    internal sealed record Body(Dictionary<string, NoticeMail?> Mail) : IValidated
    {
        public void Validate(Faults faults) => faults.Count("mail", Mail, 0, 20);
    }

    /// <param name="Topics">All that can be chosen about.</param>
    /// <param name="Mail">By topic, as far as something was chosen.</param>
    internal sealed record Answer(IReadOnlyList<string> Topics, IReadOnlyDictionary<string, NoticeMail?> Mail);

    internal static void MapChooseNoticeMail(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/me/notice-preferences", async (Caller caller, NoticePreferences preferences, NoticeTopics topics, CancellationToken ct) =>
                TypedResults.Ok(new Answer(topics.All, await preferences.Of(caller.Person, ct))))
            .WithName("ReadNoticePreferences").WithSummary("About what one gets mail").SignedInMayCall("everybody for themselves").OwnAffairs();
        routes.MapPut("/access/me/notice-preferences", Put)
            .WithName("ChooseNoticeMail").WithSummary("Choose about what one gets mail; in the app everything is shown")
            .WithExample(new Body(new() { ["learning"] = NoticeMail.Digest, ["firm"] = NoticeMail.Never })).Produces<Answer>()
            .SignedInMayCall("everybody for themselves").OwnAffairs();
    }

    private static async Task<IResult> Put(Body body, Caller caller, NoticePreferences preferences, NoticeTopics topics, CancellationToken ct)
    {
        if (body.Mail.Keys.Except(topics.All).Any()) return Problems.From(UnknownTopic.With("topics", topics.All));
        await preferences.Keep(caller.Person, body.Mail, ct);
        return TypedResults.Ok(new Answer(topics.All, await preferences.Of(caller.Person, ct)));
    }
}
