namespace ClusterNet.Access.Contracts;

/// <summary>An entry of the navigation; a module registers its own with <c>services.AddSingleton(new NavigationEntry(…))</c>.</summary>
/// <param name="Href">The page.</param>
/// <param name="Icon">Name in the set of icons.</param>
/// <param name="Texts">The module's class of texts.</param>
/// <param name="Key">The label's key in it.</param>
/// <param name="Order">Small ones first: 10 home, 20 learning, 30 people, 40 resources, 50 accreditation, 60 cluster, 80 audit, 90 administration.</param>
/// <param name="For">Who sees it; the caller is null for visitors. The page's own declaration rules all the same.</param>
/// <param name="Quick">What is done many times a day: it stands under the thumb, in the middle of a phone's bar, and nowhere else.</param>
public sealed record NavigationEntry(string Href, string Icon, Type Texts, string Key, int Order, Func<Caller?, bool> For, bool Quick = false);
