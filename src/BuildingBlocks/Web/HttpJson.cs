using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Json;

namespace ClusterNet.Web;

/// <summary>How JSON is read and written over HTTP: strict, so that what a caller sends is what we understood.</summary>
public static class HttpJson
{
    internal const int MaxDepth = 32;

    /// <summary>
    /// camelCase; unknown and repeated members, wrong nulls, missing constructor parameters, quoted numbers, instants without
    /// offset and text that PostgreSQL cannot store are refused. Repeated names are where parsers differ (RFC 8259 section 4).
    /// </summary>
    public static void Configure(JsonOptions options) => Configure(options.SerializerOptions);

    /// <inheritdoc cref="Configure(JsonOptions)"/>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null; // keys are data
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new StorableTextConverter());
        options.Converters.Add(new StorableElementConverter());
        options.Converters.Add(new InstantConverter());
    }
}
