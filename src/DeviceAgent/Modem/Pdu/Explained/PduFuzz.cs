using System.Diagnostics;

namespace Gateway.DeviceAgent.Modem.Pdu.Explained;

/// <summary>What came of reading damaged PDUs.</summary>
/// <param name="Slowest">What the one took that took longest.</param>
public sealed record FuzzRun(long Read, long Refused, TimeSpan Slowest);

/// <summary>
/// Reads PDUs that are noise, or whole ones with octets changed, cut out or put in. A throw ends it, and so does a hang:
/// whoever runs it sees.
/// </summary>
public static class PduFuzz
{
    private const int LongestNoise = 300;
    private const int MostDamage = 4;

    /// <exception cref="InvalidOperationException">A decoder threw, or gave neither a value nor a fault.</exception>
    public static FuzzRun Run(int seed, int count)
    {
        var (random, whole) = (new Random(seed), Whole());
        var (read, refused, slowest) = (0L, 0L, TimeSpan.Zero);
        for (var i = 0; i < count; i++)
        {
            var octets = i % 4 == 0 ? Noise(random) : Damaged(whole[random.Next(whole.Count)], random);
            var began = Stopwatch.GetTimestamp();
            foreach (var fault in Faults(octets))
            {
                (read, refused) = fault is null ? (read + 1, refused) : (read, refused + 1);
            }

            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
        }

        return new(read, refused, slowest);
    }

    /// <summary>As each kind of PDU in turn: why it can't be read, or null when it was.</summary>
    private static string?[] Faults(byte[] octets)
    {
        try
        {
            return
            [
                Of(SmsDeliver.Decode(octets)),
                Of(SmsSubmit.Decode(octets)),
                Of(SmsStatusReport.Decode(octets)),
            ];
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"{Convert.ToHexString(octets)} broke a decoder.", broken);
        }

        string? Of<T>(Decoded<T> decoded)
            where T : class =>
            decoded.Value is null == decoded.Fault is null
                ? throw new InvalidOperationException("Neither a value nor a fault.")
                : decoded.Fault;
    }

    private static byte[] Noise(Random random)
    {
        var octets = new byte[random.Next(LongestNoise)];
        random.NextBytes(octets);
        return octets;
    }

    private static byte[] Damaged(byte[] pdu, Random random)
    {
        var octets = pdu.ToList();
        for (var times = random.Next(1, MostDamage + 1); times > 0 && octets.Count > 0; times--)
        {
            var at = random.Next(octets.Count);
            switch (random.Next(4))
            {
                case 0:
                    octets.RemoveRange(at, octets.Count - at);
                    break;
                case 1:
                    octets.RemoveAt(at);
                    break;
                case 2:
                    octets.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    octets[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. octets];
    }

    /// <summary>Of every kind, alphabet and header.</summary>
    private static List<byte[]> Whole()
    {
        const string text = "The quick brown fox jumps over the lazy dog, for €5 [or so].";
        var submits = new[]
        {
            new SubmitInputs("+447700900123", text, StatusReport: true, ValidityMinutes: 60),
            new SubmitInputs("+447700900123", string.Concat(Enumerable.Repeat(text, 6)), ConcatReference: 7),
            new SubmitInputs("+447700900123", string.Concat(Enumerable.Repeat("Привет 😀 ", 20))),
            new SubmitInputs("12345", DataHex: "0102030405", DestPort: 2948, SourcePort: 9200),
            new SubmitInputs("+447700900123", "Dağ çok güzel ışık", SingleShiftTable: 1, LockingTable: 1),
        }.SelectMany(inputs => inputs.Pdus());
        var parts = submits.ToList();
        var centre = SmsAddress.Of("+447785016005");
        var time = NodaTime.Instant.FromUtc(2026, 11, 22, 8, 30).WithOffset(NodaTime.Offset.FromHours(1));
        return
        [
            .. parts
                .Select(submit => submit.Encode().Hex)
                .Concat(
                    parts.Select(submit =>
                        new SmsDeliver(SmsAddress.Named("Gateway"), submit.Payload, time, centre).Encode().Hex
                    )
                )
                .Append(
                    new SmsStatusReport(42, SmsAddress.Of("+447700900123"), time, time, 0, centre)
                        .Encode()
                        .Hex
                )
                .Select(Convert.FromHexString),
        ];
    }
}
