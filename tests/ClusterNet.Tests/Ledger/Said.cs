using System.Text.Json.Nodes;

namespace ClusterNet.Tests.Ledger;

internal sealed record Said(int Code, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output) ?? throw new InvalidOperationException($"No JSON: {Output}");

    public override string ToString() => $"exit {Code}\n{Output}\n{Error}";
}
