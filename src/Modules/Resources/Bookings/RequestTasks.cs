using ClusterNet.Access.Contracts;
using ClusterNet.Resources.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Bookings;

/// <summary>For managers: requests for what their firms lend on approval.</summary>
internal sealed class RequestTasks(OpenRequests requests, IStringLocalizer<Texts> text, TimeProvider clock) : IHomeTasks
{
    private const int Most = 5, MostDates = 200;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        if (caller.ScopesOf(ScopeKind.Firm, Role.Manager).ToArray() is not { Length: > 0 } firms) return [];
        return
        [
            .. from row in OpenRequests.OneOfEach(await requests.ToAnswer(firms, clock.GetUtcNow(), MostDates, ct)).Take(Most)
               select new HomeTask("session-request", text["TaskRequest", row.Title.Or(text["SessionUntitled"])], $"/sessions/{row.Id}", DateOnly.FromDateTime(row.StartsAt.UtcDateTime)),
        ];
    }
}
