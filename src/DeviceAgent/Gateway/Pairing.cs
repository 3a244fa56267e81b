using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Gateway;

/// <summary>What an owner gives to pair a device.</summary>
/// <param name="Server">The gateway's address.</param>
/// <param name="Code">As the gateway shows it, <c>XXXXX-XXXXX</c>.</param>
/// <param name="Folder">Where the device will live.</param>
/// <param name="Radios">URIs of its radios.</param>
public sealed record PairOptions(
    Uri Server,
    string Code,
    string Folder,
    IReadOnlyList<string> Radios,
    string? Name = null
);

/// <summary>Joins a device to a gateway: it makes its own key and shows it with a short-lived code.</summary>
public static class Pairing
{
    private const int NonceOctets = 16;

    /// <exception cref="AgentException">The gateway refused, or can't be reached.</exception>
    public static async Task<Membership> Pair(PairOptions options, HttpClient http, CancellationToken stop)
    {
        using var folder = DeviceFolder.Take(options.Folder);
        using var key = folder.Key();
        var request = Request(options, key, await Sims(options.Radios, stop));
        try
        {
            using var answer = await http.PostAsJsonAsync(
                new Uri(options.Server, Wire.PairPath),
                request,
                Wire.Json,
                stop
            );
            if (!answer.IsSuccessStatusCode)
            {
                throw new AgentException(AgentExit.NotPaired, Refusal(answer.StatusCode));
            }
            var place = await answer.Content.ReadFromJsonAsync<PairAnswer>(Wire.Json, stop);
            var membership = Membership.Of(options.Server, place!, options.Radios);
            folder.Join(membership);
            return membership;
        }
        catch (HttpRequestException unreachable)
        {
            throw new AgentException(
                AgentExit.NotPaired,
                $"{options.Server} can't be reached: {unreachable.Message}",
                unreachable
            );
        }
    }

    private static PairRequest Request(PairOptions options, ECDsa key, IReadOnlyList<RadioSim> sims)
    {
        var (nonce, publicKey) = (
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceOctets)),
            Proof.PublicKey(key)
        );
        var code = options.Code.Trim().ToUpperInvariant();
        return new(
            code,
            publicKey,
            sims,
            nonce,
            Proof.Sign(key, Proof.Pairing(code, nonce, publicKey)),
            options.Name,
            sims.Count > 0 ? $"{options.Radios[0].Split(':')[0]} agent" : "agent"
        );
    }

    private static async Task<IReadOnlyList<RadioSim>> Sims(
        IReadOnlyList<string> radios,
        CancellationToken stop
    )
    {
        var sims = new List<RadioSim>();
        foreach (var uri in radios)
        {
            await using var radio = await RadioFactory.Open(uri, TimeProvider.System, stop);
            sims.AddRange(radio.Sims);
        }
        return sims;
    }

    private static string Refusal(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.TooManyRequests => "Too many tries. Wait a while and ask for a new code.",
            >= HttpStatusCode.InternalServerError => $"The gateway failed ({(int)status}). Try again.",
            _ =>
                $"The gateway didn't accept the code ({(int)status}). It may be wrong, used or too old: ask for a new one.",
        };
}
