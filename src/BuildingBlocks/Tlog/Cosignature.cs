using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ClusterNet.Tlog;

/// <summary>A witness' timestamped signature of a checkpoint (C2SP tlog-cosignature v1.0.1, Ed25519).</summary>
public static class Cosignature
{
    private const int TimeSize = 8;

    /// <returns>The signature line for a checkpoint's text.</returns>
    public static NoteSignature Sign(INoteSigner witness, string checkpointText, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        var bytes = new byte[TimeSize + Ed25519.SignatureSize];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seconds);
        witness.Sign(Message(seconds, checkpointText)).CopyTo(bytes, TimeSize);
        return new(witness.Verifier.Name, witness.Verifier.KeyId, bytes);
    }

    public static bool IsValid(NoteVerifier witness, string checkpointText, NoteSignature signature) =>
        witness.Type == SignatureType.Cosignature && (witness.Name, witness.KeyId) == (signature.Name, signature.KeyId)
        && SecondsOf(signature) is { } seconds
        && Ed25519.Verify(witness.PublicKey, Message(seconds, checkpointText), signature.Bytes.AsSpan(TimeSize));

    /// <summary>When the witness says that it saw the checkpoint.</summary>
    public static DateTimeOffset? TimeOf(NoteSignature signature) =>
        SecondsOf(signature) is { } seconds && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static long? SecondsOf(NoteSignature signature) =>
        signature.Bytes.Length == TimeSize + Ed25519.SignatureSize && BinaryPrimitives.ReadInt64BigEndian(signature.Bytes) is >= 0 and var seconds ? seconds : null;

    private static byte[] Message(long seconds, string text) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));
}
