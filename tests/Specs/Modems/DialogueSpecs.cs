using Gateway.DeviceAgent.Modem.At;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Specs.Modems;

public sealed class DialogueSpecs : IAsyncDisposable
{
    private readonly ScriptedModem modem = new();
    private readonly FakeTimeProvider time = new();
    private readonly AtDialogue dialogue;

    public DialogueSpecs() => dialogue = new(modem, time);

    [Fact]
    public async Task A_modem_that_needs_seconds_to_wake_is_waited_for()
    {
        var waking = dialogue.Wake(Stop);
        for (var passed = 0; !waking.IsCompleted; passed += 250)
        {
            if (passed == 2_000)
            {
                modem.On("AT\r", "\r\nOK\r\n");
            }

            time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(10, Stop);
        }

        Assert.True(await waking);
    }

    [Fact]
    public async Task The_lines_before_the_final_result_are_the_answer_and_the_echo_is_not()
    {
        modem.On("AT+CSQ", "AT+CSQ\r\r\n+CSQ: 21,99\r\n\r\nOK\r\n");

        Assert.Equal(["+CSQ: 21,99"], (await Ask("AT+CSQ")).Lines);
    }

    [Fact]
    public async Task A_notice_in_the_middle_of_an_answer_is_no_part_of_it()
    {
        modem.On("AT+CSQ", "\r\n+CMTI: \"SM\",7\r\n\r\n+CSQ: 21,99\r\n\r\nOK\r\n");

        Assert.Equal(["+CSQ: 21,99"], (await Ask("AT+CSQ")).Lines);
        Assert.Equal(new Notice("+CMTI: \"SM\",7"), await dialogue.Notices.ReadAsync(Stop));
    }

    [Fact]
    public async Task What_was_asked_for_is_an_answer_although_it_often_comes_unasked()
    {
        modem.On("AT+CREG?", "\r\n+CREG: 2,1\r\n\r\nOK\r\n");

        Assert.Equal("+CREG: 2,1", (await Ask("AT+CREG?")).Find("+CREG:"));
    }

    [Fact]
    public async Task A_text_given_directly_brings_its_second_line_whatever_that_looks_like()
    {
        modem.Say("\r\n+CMT: ,30\r\nOK\r\n");

        Assert.Equal(new Notice("+CMT: ,30", "OK"), await dialogue.Notices.ReadAsync(Stop));
    }

    [Fact]
    public async Task A_stored_text_brings_its_second_line_whatever_that_looks_like()
    {
        modem.On("AT+CMGR=1", "\r\n+CMGR: 0,,30\r\n+CMTI: 1\r\n\r\nOK\r\n");

        Assert.Equal(["+CMGR: 0,,30", "+CMTI: 1"], (await Ask("AT+CMGR=1")).Lines);
    }

    [Theory]
    [InlineData("\r\nERROR\r\n", AtFinal.Error, null)]
    [InlineData("\r\nCOMMAND NOT SUPPORT\r\n", AtFinal.Error, null)]
    [InlineData("\r\n+CME ERROR: 10\r\n", AtFinal.CmeError, 10)]
    [InlineData("\r\n+CMS ERROR: 304\r\n", AtFinal.CmsError, 304)]
    [InlineData("\r\n+CME ERROR: SIM not inserted\r\n", AtFinal.CmeError, null)]
    public async Task An_error_ends_a_command(string said, AtFinal final, int? code)
    {
        modem.On("AT+CPIN?", said);

        Assert.Equal(
            (final, code),
            await Ask("AT+CPIN?") is var answer ? (answer.Final, answer.Code) : default
        );
    }

    [Fact]
    public async Task A_late_answer_is_not_paired_with_the_next_command()
    {
        modem
            .On("AT+COPS=?", null)
            .On("\u001b", null)
            .On("AT\r", "\r\n+COPS: late\r\n\r\nOK\r\n\r\nOK\r\n")
            .On("AT+CSQ", "\r\n+CSQ: 9,99\r\n\r\nOK\r\n");

        Assert.Equal(AtFinal.Silence, (await Ask("AT+COPS=?")).Final);
        Assert.Equal(["+CSQ: 9,99"], (await Ask("AT+CSQ")).Lines);
    }

    [Fact]
    public async Task A_modem_that_stays_silent_is_given_up()
    {
        Assert.Equal(AtFinal.Silence, (await Ask("AT+CSQ")).Final);
        Assert.NotNull(dialogue.Lost);
        Assert.False(await dialogue.Notices.WaitToReadAsync(Stop));
    }

    [Fact]
    public async Task Nothing_is_written_to_a_port_that_is_gone()
    {
        modem.On("AT+CSQ", ScriptedModem.HungUp);

        Assert.Equal(AtFinal.PortLost, (await Ask("AT+CSQ")).Final);
        Assert.Equal(AtFinal.PortLost, (await Ask("AT")).Final);
        Assert.Equal(["AT+CSQ\r"], modem.Written);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => dialogue.DisposeAsync();

    private Task<AtAnswer> Ask(string command) => Clockwork.Pass(time, modem, dialogue.Ask(command));
}
