using System.Text.Json.Serialization;
using ClusterNet.Skills.Catalogue;

namespace ClusterNet.Skills;

/// <summary>The generated serializer of this module's events.</summary>
[JsonSerializable(typeof(SkillImported))]
[JsonSerializable(typeof(SkillRevised))]
[JsonSerializable(typeof(SkillTexts[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SkillsJson : JsonSerializerContext;
