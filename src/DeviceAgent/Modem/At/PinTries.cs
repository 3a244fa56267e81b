using System.Security.Cryptography;
using System.Text;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>
/// Remembers which PIN a SIM was given, beyond the end of the process: a restart must not use up the three tries that
/// lock a SIM for good (3GPP TS 27.007, 8.3).
/// </summary>
internal static class PinTries
{
    /// <summary>True when this SIM was given this PIN before and did not take it.</summary>
    public static bool WasTried(string sim, string pin) =>
        File.Exists(PathOf(sim)) && File.ReadAllText(PathOf(sim)) == Hash($"{sim}\n{pin}");

    /// <summary>To be called before the PIN is given, so that a crash in between counts as a try.</summary>
    public static void Remember(string sim, string pin)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(PathOf(sim), options);
        file.Write(Hash($"{sim}\n{pin}"));
    }

    /// <summary>The SIM took it.</summary>
    public static void Forget(string sim) => File.Delete(PathOf(sim));

    private static string PathOf(string sim) =>
        Path.Combine(Path.GetTempPath(), "gateway-pin-" + Hash(sim)[..32]);

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
