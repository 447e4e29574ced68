using System.Globalization;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning;

/// <summary>What lists that are ordered by time have in common.</summary>
internal static class Lists
{
    /// <summary>Where a page of a list ends, as its address carries it.</summary>
    public static string CursorOf(DateTimeOffset at, IId id) => $"{at.UtcTicks}-{id.Value}";

    /// <returns>Null for the beginning, and for what is no cursor.</returns>
    public static (DateTimeOffset At, Guid Id)? CursorOf(string? cursor) =>
        cursor?.Split('-', 2) is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var last) ? (new DateTimeOffset(at, TimeSpan.Zero), last) : null;

    /// <summary>The problem of a parameter that takes one of a few words and has another one; null for none.</summary>
    public static IResult? Check<TWord>(string parameter, string? value)
        where TWord : struct, Enum => value is null || WireNames.TryParse<TWord>(value, out _)
            ? null
            : Problems.Of(400, "unknown-filter", $"The parameter '{parameter}' takes one of {string.Join(", ", WireNames.All<TWord>())}.", ("parameter", parameter));
}
