using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Modem.At;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Specs.Modems;

public sealed class SubmittingSpecs : IAsyncDisposable
{
    private const string Command = "AT+CMGS=18";
    private const string Pdu = "0001000C91447700091032000005E8329BFD06";
    private const string Prompt = "\r\n> ";
    private const string Escape = "\u001b";

    private readonly ScriptedModem modem = new();
    private readonly FakeTimeProvider time = new();
    private readonly List<SubmitStage> stages = [];
    private readonly AtDialogue dialogue;

    public SubmittingSpecs() => dialogue = new(modem, time);

    public static TheoryData<string> Acceptances =>
        [
            "\r\n+CMGS: 41\r\n\r\nOK\r\n",
            "\r\n+CMGS:41\r\nOK\r\n",
            "\r\n+CMGS: 41,\"26/11/22,10:00:00+00\"\r\n\r\nOK\r\n",
            Pdu + "\u001a\r\n+CMGS: 41\r\n\r\nOK\r\n",
            "\r\n+CDSI: \"SR\",1\r\n\r\n+CMGS: 41\r\n\r\nOK\r\n",
            "\r\n+CMGS: 41\r\n\r\n+CDS: 25\r\n0006290C91447700091032625060708090406250607080124000\r\n\r\nOK\r\n",
        ];

    [Theory]
    [MemberData(nameof(Acceptances))]
    public async Task A_part_is_accepted_with_its_reference_however_the_modem_words_it(string answer)
    {
        modem.On(Command, Prompt).On(Pdu, answer);

        Assert.Equal(new Accepted(41), await Submit());
    }

    [Theory]
    [InlineData("\r\n>")]
    [InlineData("\r\n\r\n> ")]
    [InlineData("AT+CMGS=18\r\r\n> ")]
    [InlineData("\r\n+CMTI: \"SM\",1\r\n\r\n> ")]
    public async Task A_prompt_is_seen_however_the_modem_spaces_it(string prompt)
    {
        modem.On(Command, prompt).On(Pdu, "\r\n+CMGS: 41\r\n\r\nOK\r\n");

        Assert.Equal(new Accepted(41), await Submit());
    }

    [Fact]
    public async Task The_stages_are_passed_in_order_and_writing_before_the_first_octet()
    {
        modem.On(Command, Prompt).On(Pdu, "\r\n+CMGS: 41\r\n\r\nOK\r\n");
        var octetsBefore = -1;
        await dialogue.Submit(
            Command,
            Pdu,
            stage =>
            {
                stages.Add(stage);
                octetsBefore =
                    stage == SubmitStage.Writing
                        ? modem.Written.Count(text => text.StartsWith(Pdu, StringComparison.Ordinal))
                        : octetsBefore;
                return ValueTask.CompletedTask;
            },
            CancellationToken.None
        );

        Assert.Equal(
            [SubmitStage.Opened, SubmitStage.Prompted, SubmitStage.Writing, SubmitStage.Written],
            stages
        );
        Assert.Equal(0, octetsBefore);
    }

    [Fact]
    public async Task A_part_whose_intent_cannot_be_recorded_is_not_written()
    {
        modem.On(Command, Prompt).On(Escape, "\r\nOK\r\n").On("AT\r", "\r\nOK\r\n");
        var submission = dialogue.Submit(
            Command,
            Pdu,
            stage =>
                stage == SubmitStage.Writing ? throw new IOException("disk full") : ValueTask.CompletedTask,
            CancellationToken.None
        );

        await Assert.ThrowsAsync<IOException>(() => Passing(submission));
        Assert.DoesNotContain(modem.Written, text => text.StartsWith(Pdu, StringComparison.Ordinal));
        Assert.Contains(Escape, modem.Written);
    }

    [Fact]
    public async Task An_error_instead_of_the_prompt_means_that_it_never_left()
    {
        modem.On(Command, "\r\n+CMS ERROR: 500\r\n");

        Assert.Equal(500, Assert.IsType<NeverLeft>(await Submit()).Code);
    }

    [Fact]
    public async Task No_prompt_in_time_means_that_it_never_left_and_the_command_is_taken_back()
    {
        modem.On(Command, null).On(Escape, null).On("AT\r", "\r\nOK\r\n");

        Assert.IsType<NeverLeft>(await Submit());
        Assert.Contains(Escape, modem.Written);
    }

    [Theory]
    [InlineData("\r\nERROR\r\n")]
    [InlineData("\r\n+CMS ERROR: 500\r\n")]
    [InlineData("\r\n+CMS ERROR: 332\r\n")]
    [InlineData("\r\n+CME ERROR: 100\r\n")]
    [InlineData("\r\nOK\r\n")]
    [InlineData(ScriptedModem.HungUp)]
    public async Task What_proves_neither_side_is_unknown(string answer)
    {
        modem.On(Command, Prompt).On(Pdu, answer);

        Assert.IsType<Unknown>(await Submit());
    }

    [Theory]
    [InlineData("\r\n+CMS ERROR: 38\r\n", typeof(Refused))]
    [InlineData("\r\n+CMS ERROR: 28\r\n", typeof(Refused))]
    [InlineData("\r\n+CMS ERROR: 331\r\n", typeof(NeverLeft))]
    [InlineData("\r\n+CME ERROR: 10\r\n", typeof(NeverLeft))]
    public async Task A_number_that_proves_something_is_believed(string answer, Type verdict)
    {
        modem.On(Command, Prompt).On(Pdu, answer);

        Assert.IsType(verdict, await Submit());
    }

    [Fact]
    public async Task Silence_after_the_text_was_written_is_unknown_and_tells_the_last_lines()
    {
        modem.On(Command, Prompt).On(Pdu, null).On(Escape, null).On("AT\r", "\r\nOK\r\n");

        var unknown = Assert.IsType<Unknown>(await Submit());
        Assert.NotEmpty(unknown.Lines!);
        Assert.DoesNotContain(unknown.Lines!, line => line.Contains("91447700", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_late_reference_is_given_to_the_part_it_belongs_to()
    {
        modem
            .On(Command, Prompt)
            .On(Pdu, null)
            .On(Escape, "\r\n+CMGS: 41\r\n\r\nOK\r\n")
            .On("AT\r", "\r\n+CMGS: 41\r\n\r\nOK\r\n");

        Assert.Equal(new Accepted(41), await Submit());
    }

    [Fact]
    public async Task A_port_that_goes_before_the_text_is_written_means_that_it_never_left()
    {
        modem.On(Command, ScriptedModem.HungUp);

        Assert.IsType<NeverLeft>(await Submit());
    }

    public ValueTask DisposeAsync() => dialogue.DisposeAsync();

    private async Task<PartResult> Submit()
    {
        var (answer, written) = await Passing(
            dialogue.Submit(Command, Pdu, _ => ValueTask.CompletedTask, CancellationToken.None)
        );
        return AtSubmission.ResultOf(answer, written, dialogue.Tape);
    }

    private Task<T> Passing<T>(Task<T> task) => Clockwork.Pass(time, modem, task);
}
