using System.Text.Json.Serialization;
using ClusterNet.Web;

namespace ClusterNet.Accreditation;

/// <summary>The body of commands that need nothing but a reason.</summary>
internal sealed record Reason([property: JsonPropertyName("reason")] string Text) : IValidated
{
    public void Validate(Faults faults) => faults.Text("reason", Text, 1, 2000);
}
