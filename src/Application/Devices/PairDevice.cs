using System.Security.Cryptography;
using Gateway.Domain;
using Gateway.Domain.Devices;
using Marten;
using Marten.Exceptions;
using NodaTime;

namespace Gateway.Application.Devices;

/// <summary>A short-lived word that lets one device in. It is no fact: nothing follows from it until it is used.</summary>
/// <param name="Id">The code's hash; the code itself is shown once.</param>
public sealed record PairingCode(string Id, string Tenant, Instant ExpiresAt);

/// <summary>Makes and reads pairing codes.</summary>
public static class PairingCodes
{
    /// <summary>How long a code lets somebody in.</summary>
    public static readonly Duration Validity = Duration.FromMinutes(10);

    /// <summary>Crockford's base 32: no letter that could be taken for a digit.</summary>
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Ten characters, 50 random bits, in two groups.</summary>
    public static string Make()
    {
        var code = RandomNumberGenerator.GetString(Letters, 10);
        return $"{code[..5]}-{code[5..]}";
    }

    /// <summary>The form it is looked up by; capitals, gaps and the usual mix-ups don't matter.</summary>
    public static string Hash(string code)
    {
        var plain = code.ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return Access.KeyText.Hash(string.Concat(plain.Where(char.IsAsciiLetterOrDigit)));
    }
}

/// <summary>A device showed a code and proved a key of its own.</summary>
public sealed record PairDevice(
    string Code,
    string PublicKey,
    string Name,
    string Model,
    IReadOnlyList<DeviceSim> Sims
);

/// <summary>Where the device belongs from now on; or why it doesn't.</summary>
public sealed record PairResult(Guid DeviceId, int Epoch, string Tenant, Rejection? Rejection);

/// <summary>
/// Uses up the code and appends the pairing in one transaction. The same key paired again keeps its id and begins a new
/// epoch, because its journal may be a new one.
/// </summary>
public static class Pairing
{
    public static async Task<PairResult> Pair(
        PairDevice command,
        IDocumentStore store,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        var no = new PairResult(Guid.Empty, 0, "", new PairingCodeIsInvalid());
        await using var codes = store.QuerySession(SystemTenant.Name);
        var code = await codes.LoadAsync<PairingCode>(PairingCodes.Hash(command.Code), cancellation);
        if (code is null || code.ExpiresAt <= now)
        {
            return no;
        }

        var id = DerivedId.Of("device", code.Tenant, command.PublicKey);
        await using var session = store.LightweightSession(code.Tenant);
        var devices = new StreamSet<Device>(session, Device.Evolve);
        await devices.Load([id], cancellation);
        var epoch = (devices[id]?.Epoch ?? 0) + 1;
        devices.Decide(
            id,
            Origin.Device(id),
            device =>
                Device.Pair(
                    device,
                    new DevicePaired(command.Name, command.Model, command.PublicKey, epoch, command.Sims, now)
                )
        );
        devices.Append();
        var used = session.Events.StartStream(
            DerivedId.Of("pairing-code", code.Id),
            new PairingCodeUsed(id, now)
        );
        Origin.Device(id).SignOn(used.Events);
        try
        {
            await session.SaveChangesAsync(cancellation);
            return new(id, epoch, code.Tenant, null);
        }
        catch (ExistingStreamIdCollisionException)
        {
            // The store knows before we do that somebody else used the code.
            return no;
        }
    }
}
