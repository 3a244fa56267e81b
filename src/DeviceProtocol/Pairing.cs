namespace Gateway.DeviceProtocol;

/// <summary>The body of <c>POST /agent/v1/pair</c>: a new device shows its code and its key.</summary>
/// <param name="Code">As shown to the owner, <c>XXXXX-XXXXX</c>.</param>
/// <param name="PublicKey">Base64 of the SubjectPublicKeyInfo (DER) of an ECDSA P-256 key.</param>
/// <param name="Name">What the owner calls the device; null for a name by the gateway.</param>
/// <param name="Model">Make and model as the device states it.</param>
/// <param name="Nonce">At least 16 random bytes, base64, chosen by the device.</param>
/// <param name="Sig">Over <see cref="Proof.Pairing"/>, by the new key.</param>
public sealed record PairRequest(
    string Code,
    string PublicKey,
    IReadOnlyList<RadioSim> Radios,
    string Nonce,
    string Sig,
    string? Name = null,
    string? Model = null
);

/// <summary>The gateway's answer: the device's place in it.</summary>
/// <param name="Device">The device's id; the same key paired again keeps its id and gets a new epoch.</param>
/// <param name="Epoch">Counts the device's journals, from 1.</param>
/// <param name="Tenant">The tenant's name, to be shown to the owner.</param>
public sealed record PairAnswer(Guid Device, int Epoch, string Tenant);
