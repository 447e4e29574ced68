using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Resources.Bookings;

/// <summary>A session that has a resource which another one wants, and when it was booked: the earlier one has it.</summary>
internal sealed record InTheWay(Id<Resource> Resource, Personal<string> ResourceName, BookedSession Session)
{
    /// <summary>What an answer names; empty where it names nothing.</summary>
    public static IReadOnlyList<InTheWay> Of(IResult answer) => answer is ProblemHttpResult problem ? Of(problem.ProblemDetails.Extensions.AsReadOnly()) : [];

    public static IReadOnlyList<InTheWay> Of(IReadOnlyDictionary<string, object?>? details) =>
        details?.GetValueOrDefault("bookings") is IReadOnlyList<InTheWay> bookings ? bookings : [];
}
