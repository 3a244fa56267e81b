using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>
/// The ground truth as JSON lines: <c>mo</c> for each part a person would have received, <c>mt</c> for each text a
/// person sent. Only a hash of each text is written. One writer may serve many carriers.
/// </summary>
public sealed class Truth(TextWriter writer)
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock gate = new();

    /// <summary>The network took a part.</summary>
    /// <param name="at">Since the carrier began.</param>
    public void Sent(
        TimeSpan at,
        string device,
        string sim,
        CarrierSubmit part,
        int reference,
        string subject
    ) =>
        Write(
            at,
            "mo",
            new
            {
                msisdn = part.To,
                body_h = Hash(part.Text),
                mr = reference,
                dev = device,
                sim,
                subject,
                part = part.Part,
                of = part.Of,
                report = part.Report,
            }
        );

    /// <summary>A person sent a text to one of the SIMs.</summary>
    public void Received(TimeSpan at, string device, TextCame text) =>
        Write(
            at,
            "mt",
            new
            {
                n = text.Name,
                dev = device,
                sim = text.Sim,
                msisdn = text.From,
                body_h = Hash(text.Text),
            }
        );

    /// <summary>SHA-256 of a text in lower-case hexadecimal, as it stands in the records.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void Write(TimeSpan at, string kind, object content)
    {
        var line = JsonSerializer.Serialize(
            new
            {
                t = at.Ticks * 100,
                p = "carrier",
                f = kind,
                v = content,
            },
            Plain
        );
        lock (gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
