using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterNet.Tests.Access;

/// <summary>An authenticator in software (W3C Web Authentication, section 6): what a browser and a phone would answer, and what an attacker could.</summary>
internal sealed class SoftwareKey(string origin, string site) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private string _owner = "";

    /// <summary>Counted up with every use, as hardware keys do.</summary>
    public uint Uses { get; set; }

    /// <summary>Whether its owner unlocked it.</summary>
    public bool Unlocked { get; init; } = true;

    public JsonObject Create(JsonNode options)
    {
        _owner = $"{options["user"]!["id"]}"; // options of a creation name the user
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!]; // a curve's point has both
        byte[] data = [.. Head(0x40), .. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x59, (byte)(data.Length >> 8), (byte)data.Length, .. data,
        ];
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(ClientData("webauthn.create", options)),
            ["attestationObject"] = Text(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    public JsonObject Sign(JsonNode options)
    {
        Uses++;
        var (client, data) = (ClientData("webauthn.get", options), Head(0));
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(signature),
            ["userHandle"] = _owner,
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] Head(byte flags)
    {
        var head = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(site), head);
        head[32] = (byte)(flags | 0x01 | (Unlocked ? 0x04 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(33), Uses);
        return head;
    }

    private byte[] ClientData(string type, JsonNode options) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = $"{options["challenge"]}", origin, crossOrigin = false });

    private JsonObject Answer(JsonObject response) => new()
    {
        ["id"] = Text(_id),
        ["rawId"] = Text(_id),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    };

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
