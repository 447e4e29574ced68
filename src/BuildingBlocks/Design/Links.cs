using Microsoft.AspNetCore.Components;

namespace ClusterNet.Design;

/// <summary>Links to the page that is shown, with other values in its query.</summary>
public static class Links
{
    /// <param name="values">Names with their new values; null takes one out.</param>
    public static string With(NavigationManager navigation, params (string Name, string? Value)[] values)
    {
        var uri = navigation.GetUriWithQueryParameters(values.ToDictionary(v => v.Name, v => (object?)v.Value));
        return new Uri(uri).PathAndQuery;
    }
}
