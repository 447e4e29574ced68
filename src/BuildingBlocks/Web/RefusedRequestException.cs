using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Web;

/// <summary>A "no" from where only an exception can leave: parameter binding, which the framework ends with this type's base.</summary>
internal sealed class RefusedRequestException(int status, string code, string detail) : BadHttpRequestException(detail, status)
{
    public ProblemHttpResult Problem { get; } = Problems.Of(status, code, detail);
}
