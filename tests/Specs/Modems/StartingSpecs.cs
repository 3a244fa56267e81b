using Gateway.DeviceAgent.Modem.At;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Specs.Modems;

public class StartingSpecs
{
    private const string Ok = "\r\nOK\r\n";
    private const string Error = "\r\nERROR\r\n";

    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_PIN_the_SIM_does_not_take_is_never_tried_again()
    {
        var sim = Guid.CreateVersion7().ToString("N");
        var first = Locked(Error)
            .On("AT+CCID", $"\r\n{sim}\r\n{Ok}")
            .On("AT+CPIN=", "\r\n+CME ERROR: 16\r\n");
        await Assert.ThrowsAsync<ModemUnfitException>(() => Start(first));
        var second = Locked(Error).On("AT+CCID", $"\r\n{sim}\r\n{Ok}");
        await Assert.ThrowsAsync<ModemUnfitException>(() => Start(second));

        Assert.Contains("AT+CPIN=\"1111\"\r", first.Written);
        Assert.DoesNotContain("AT+CPIN=\"1111\"\r", second.Written);
    }

    [Fact]
    public async Task The_last_try_for_a_PIN_is_left_to_a_person()
    {
        var modem = Locked($"\r\n+CPINR: SIM PIN,1,3\r\n{Ok}");
        await Assert.ThrowsAsync<ModemUnfitException>(() => Start(modem));

        Assert.DoesNotContain("AT+CPIN=\"1111\"\r", modem.Written);
    }

    [Fact]
    public async Task A_port_where_nothing_answers_has_no_modem() =>
        await Assert.ThrowsAsync<ModemUnfitException>(() => Start(new()));

    private static ScriptedModem Locked(string triesLeft) =>
        new ScriptedModem()
            .On("AT\r", Ok)
            .On("ATE0", Ok)
            .On("ATV1", Ok)
            .On("AT+CMEE=1", Ok)
            .On("AT+CPIN?", $"\r\n+CPIN: SIM PIN\r\n{Ok}")
            .On("AT+CPINR=", triesLeft);

    private async Task<ModemSetup> Start(ScriptedModem modem)
    {
        await using var dialogue = new AtDialogue(modem, time);
        return await Clockwork.Pass(time, modem, new AtStartup(dialogue, pin: "1111").Run(default));
    }
}
