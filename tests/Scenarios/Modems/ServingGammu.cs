using System.Diagnostics;
using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.Domain.Telephony;

namespace Gateway.Scenarios.Modems;

/// <summary>gammu, a program that knows many modems, takes the simulated one for real.</summary>
public class ServingGammu
{
    private const string Remote = "+447700900123";
    private const string Long =
        "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog. "
        + "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog.";

    [Fact]
    public async Task It_sends_two_segments_with_a_report()
    {
        await using var network = SimulatedNetwork.Start("pty");
        await Gammu(network, "sendsms", "TEXT", Remote, "-len", "400", "-report", "-text", Long);

        Assert.Equal(
            SmsText.Of(Long).Parts().Select(Truth.Hash),
            network.Taken.Select(taken => taken.Body_h)
        );
        Assert.Equal(
            [(1, 2, true), (2, 2, true)],
            network.Taken.Select(taken => (taken.Part, taken.Of, taken.Report))
        );
        Assert.All(network.Taken, taken => Assert.Equal(Remote, taken.Msisdn));
    }

    [Fact]
    public async Task It_reads_a_single_text_and_one_of_two_segments()
    {
        await using var network = SimulatedNetwork.Start("pty");
        network.Carrier.Text("sim1", Remote, "Hello from afar");
        network.Carrier.Text("sim1", Remote, Long);
        var told = await Gammu(network, "geteachsms");

        Assert.Contains("Hello from afar", told, StringComparison.Ordinal);
        Assert.Contains("3 SMS parts in 2 SMS sequences", told, StringComparison.Ordinal);
    }

    private static async Task<string> Gammu(SimulatedNetwork network, params string[] arguments)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var program = paths.Select(path => Path.Combine(path, "gammu")).FirstOrDefault(File.Exists);
        if (program is null)
        {
            Assert.Skip("gammu is not installed (Debian: apt-get install gammu).");
        }

        var configuration = Path.Combine(network.Folder, "gammurc");
        await File.WriteAllTextAsync(
            configuration,
            $"[gammu]\ndevice={network.Link}\nconnection=at115200\n",
            Stop
        );
        using var gammu = Process.Start(
            new ProcessStartInfo(program, ["-c", configuration, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var told = await gammu.StandardOutput.ReadToEndAsync(patience.Token);
        await gammu.WaitForExitAsync(patience.Token);
        Assert.True(gammu.ExitCode == 0, told);
        return told;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
