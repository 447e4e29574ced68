using ClusterNet.Access.Contracts;
using ClusterNet.Host.Resources;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Host.Pages.Layout;

/// <summary>The navigation of one reader: what the modules registered for them, in order and in their language.</summary>
public sealed class SiteMap(IEnumerable<NavigationEntry> entries, IStringLocalizerFactory texts)
{
    /// <summary>From this place in the order on, entries are for running things, not for everyday.</summary>
    private const int Administration = 85;

    /// <summary>The Host's own entries.</summary>
    internal static NavigationEntry[] Own { get; } =
    [
        new("/", "house", typeof(Texts), "NavHome", 10, caller => caller is not null),
        new("/verify", "badge-check", typeof(Texts), "NavVerify", 55, _ => true),
        new("/audit", "history", typeof(Texts), "NavAudit", 80, _ => true),
        new("/sign-in", "log-in", typeof(Texts), "NavSignIn", 82, caller => caller is null),
    ];

    /// <param name="caller">Null for visitors.</param>
    internal IReadOnlyList<Place> For(Caller? caller) =>
    [
        .. entries.Where(e => !e.Quick && e.For(caller)).OrderBy(e => e.Order).ThenBy(e => e.Href, StringComparer.Ordinal).Select(Shown),
    ];

    /// <summary>What a phone's bar has under the thumb; null for readers who have nothing to do quickly.</summary>
    internal Place? QuickFor(Caller? caller) => entries.Where(e => e.Quick && e.For(caller)).OrderBy(e => e.Order).Select(Shown).FirstOrDefault();

    private Place Shown(NavigationEntry entry) => new(entry.Href, entry.Icon, texts.Create(entry.Texts)[entry.Key], entry.Order >= Administration);

    /// <summary>A page that the navigation leads to.</summary>
    /// <param name="IsRare">Whether it stands in the menu beside the others, where there is more than one such.</param>
    internal sealed record Place(string Href, string Icon, string Text, bool IsRare = false)
    {
        // Every address begins with that of the start page.
        public NavLinkMatch Match => Href == "/" ? NavLinkMatch.All : NavLinkMatch.Prefix;
    }
}
