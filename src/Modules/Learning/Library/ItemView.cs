using System.Globalization;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Library;

/// <summary>How items look in lists and on their pages.</summary>
internal static class ItemView
{
    private const double Megabyte = 1024 * 1024;

    public static string IconOf(LibraryKind kind) => kind switch
    {
        LibraryKind.Link => "link",
        LibraryKind.Video => "video",
        _ => "file-text",
    };

    /// <summary>What people think of it, as far as it is shown; each part with a dot before it.</summary>
    public static string Said(Figures figures, IStringLocalizer<CommunityTexts> text) => string.Concat(
        new[]
        {
            figures.Mean is { } mean ? text["LibraryMean", mean.ToString("0.#", CultureInfo.CurrentCulture), figures.Ratings].Value : CountOf("LibraryRatings", figures.Ratings, text),
            CountOf("LibraryUses", figures.Uses, text),
        }.OfType<string>().Select(p => $" · {p}"));

    public static string Size(long bytes, IStringLocalizer<CommunityTexts> text) => bytes < Megabyte / 10
        ? text["SizeKb", Math.Max(1, bytes / 1024)]
        : text["SizeMb", (bytes / Megabyte).ToString("0.#", CultureInfo.CurrentCulture)];

    private static string? CountOf(string key, int count, IStringLocalizer<CommunityTexts> text) => count == 0 ? null : text[count == 1 ? $"{key}One" : $"{key}Many", count].Value;
}
