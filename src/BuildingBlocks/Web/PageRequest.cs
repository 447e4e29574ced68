using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace ClusterNet.Web;

/// <summary>
/// The query parameters <c>limit</c> (1 to 200, 50 unless told) and <c>cursor</c> as an endpoint's parameter. Select
/// <see cref="Fetch"/> rows after <see cref="After{TKey}"/>, in the order of the key, and answer with <see cref="Answer{T,TKey}"/>.
/// </summary>
public sealed class PageRequest : IEndpointParameterMetadataProvider
{
    internal const string CursorName = "cursor";
    internal const string LimitName = "limit";
    internal const int DefaultLimit = 50;
    internal const int MaxLimit = 200;

    private readonly string _path;
    private readonly string? _cursor;

    private PageRequest(string path, int limit, string? cursor) => (_path, Limit, _cursor) = (path, limit, cursor);

    public int Limit { get; }

    /// <summary>One row more than the page holds shows whether there is a next page.</summary>
    public int Fetch => Limit + 1;

    /// <summary>The sort key of the last row already seen, null on the first page. Its type is a value or a tuple of values.</summary>
    public TKey? After<TKey>()
        where TKey : struct => _cursor is null ? null : Cursor.Decode<TKey>(_path, _cursor);

    /// <summary>The rows as a page, less the one that only shows that there is more.</summary>
    public Paged<T> Answer<T, TKey>(IReadOnlyList<T> rows, Func<T, TKey> key)
        where TKey : struct => rows.Count <= Limit
            ? new(new(rows, null))
            : new(new([.. rows.Take(Limit)], Cursor.Encode(_path, key(rows[Limit - 1]))));

    /// <summary>The same, where the answer does not show the key.</summary>
    public Paged<T> Answer<TRow, T, TKey>(IReadOnlyList<TRow> rows, Func<TRow, TKey> key, Func<TRow, T> answer)
        where TKey : struct => new(new([.. rows.Take(Limit).Select(answer)], rows.Count <= Limit ? null : Cursor.Encode(_path, key(rows[Limit - 1]))));

    public static ValueTask<PageRequest> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = context.Request;
        return new(new PageRequest($"{request.PathBase}{request.Path}", LimitOf(request), CursorOf(request)));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(TakesPage.Instance);

    private static int LimitOf(HttpRequest request)
    {
        var values = request.Query[LimitName];
        if (values.Count == 0)
        {
            return DefaultLimit;
        }

        return values.Count == 1 && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MaxLimit
            ? limit
            : throw new RefusedRequestException(
                400, "limit-out-of-range", $"The parameter 'limit' takes one whole number from 1 to {MaxLimit}.");
    }

    private static string? CursorOf(HttpRequest request)
    {
        var values = request.Query[CursorName];
        return values.Count <= 1
            ? values
            : throw new RefusedRequestException(400, "malformed-cursor", "The parameter 'cursor' may stand once only.");
    }
}

/// <summary>An endpoint answers page by page; the API description shows its parameters.</summary>
internal sealed record TakesPage
{
    public static readonly TakesPage Instance = new();
}
