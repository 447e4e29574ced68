using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;

namespace ClusterNet.Learning;

/// <summary>The generated serializer of this module's events.</summary>
[JsonSerializable(typeof(LearningRecordRecorded))]
[JsonSerializable(typeof(LearningRecordCorrected))]
[JsonSerializable(typeof(LearningRecordConfirmed))]
[JsonSerializable(typeof(LearningRecordDisputed))]
[JsonSerializable(typeof(LearningRecordEndorsed))]
[JsonSerializable(typeof(LearningRecordVisibilityChanged))]
[JsonSerializable(typeof(Companion[]))]
[JsonSerializable(typeof(ValueList<string>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class LearningJson : JsonSerializerContext;
