using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClusterNet.Web;

/// <summary>Gives every operation an id, a summary and a tag; what an endpoint says itself stands.</summary>
internal static class OperationNames
{
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var path = context.Description.RelativePath ?? "";
        operation.OperationId ??= IdOf(context.Description.HttpMethod ?? "Get", path);
        operation.Summary ??= Sentence(operation.OperationId);
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<ITagsMetadata>().Any())
        {
            operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(path), context.Document) };
        }

        return Task.CompletedTask;
    }

    /// <summary>The part of the API that a path belongs to: its segment after the prefix.</summary>
    internal static string TagOf(string path)
    {
        var rest = ("/" + path.TrimStart('/')).Replace(Routes.ApiPrefix + "/", "", StringComparison.OrdinalIgnoreCase);
        return rest.Trim('/').Split('/')[0] is { Length: > 0 } first ? first : "root";
    }

    private static string IdOf(string method, string path)
    {
        var id = new StringBuilder(method[..1].ToUpperInvariant()).Append(method[1..].ToLowerInvariant());
        var words = path.Split(['/', '-', '.', '{', '}', ':'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.SkipWhile(word => word is "api" or "v1"))
        {
            id.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
        }

        return id.ToString();
    }

    // RenameRoom: Rename room
    private static string Sentence(string id)
    {
        var sentence = new StringBuilder();
        foreach (var letter in id)
        {
            sentence.Append(char.IsUpper(letter) && sentence.Length > 0 ? $" {char.ToLowerInvariant(letter)}" : letter.ToString());
        }

        return sentence.ToString();
    }
}
