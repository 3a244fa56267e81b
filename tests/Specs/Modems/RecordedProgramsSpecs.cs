using System.Text;
using System.Text.Json;
using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.DeviceAgent.Modem.Simulator.AtFace;

namespace Gateway.Specs.Modems;

/// <summary>What other programs were recorded to say to a modem, said again to the simulated one.</summary>
public class RecordedProgramsSpecs
{
    private static readonly JsonElement[] Dialogues =
    [
        .. JsonDocument
            .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "at-dialogues.json")))
            .RootElement.GetProperty("dialogues")
            .EnumerateArray(),
    ];

    public static TheoryData<string> Programs =>
        [.. Dialogues.Select(dialogue => dialogue.GetProperty("program").GetString()!)];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Whatever_a_program_says_it_gets_the_kind_of_answer_it_had(string program)
    {
        var scenario = new Scenario(Defaults: new(AcceptMs: Spread.None, Report: new(Never: true)));
        using var carrier = new Carrier(scenario, TimeProvider.System);
        using var modem = new SimulatedModem(carrier, TimeProvider.System);
        var wire = new ScriptedModem();
        var serving = modem.Serve(wire, wire.HangUp, CancellationToken.None);
        var wrong = new List<string>();

        foreach (var (said, expected) in Steps(program))
        {
            var before = wire.Written.Count;
            wire.Say(said);
            await Settled(wire);
            var answer = Kind(string.Concat(wire.Written.Skip(before)));
            if (answer != expected && !(expected == "OK" && said.Contains('$')))
            {
                wrong.Add($"{said.Trim()}: {expected}, not {answer}");
            }
        }

        wire.HangUp();
        await serving;
        Assert.Empty(wrong);
    }

    /// <summary>What the program wrote, and how the recorded modem's answer to it ended.</summary>
    private static IEnumerable<(string Said, string Expected)> Steps(string program)
    {
        var dialogue = Dialogues.Single(candidate => candidate.GetProperty("program").GetString() == program);
        foreach (var phase in dialogue.GetProperty("phases").EnumerateArray())
        {
            var steps = phase.GetProperty("steps").EnumerateArray().ToArray();
            for (var i = 0; i < steps.Length; i++)
            {
                if (steps[i].TryGetProperty("host", out var host))
                {
                    var answers = steps.Skip(i + 1).TakeWhile(step => step.TryGetProperty("modem", out _));
                    var answer = string.Concat(answers.Select(step => step.GetProperty("modem").GetString()));
                    yield return (Octets(host.GetString()!), Kind(Octets(answer)));
                }
            }
        }
    }

    /// <summary>How an answer ends; its text may differ, and errors are told in more than one way.</summary>
    private static string Kind(string answer) =>
        answer.Contains("\n> ", StringComparison.Ordinal) ? "prompt"
        : answer.Contains("\nOK\r", StringComparison.Ordinal) ? "OK"
        : answer.Contains("ERROR", StringComparison.Ordinal) ? "ERROR"
        : "nothing";

    private static string Octets(string recorded) =>
        new StringBuilder(recorded)
            .Replace("<CR>", "\r")
            .Replace("<LF>", "\n")
            .Replace("<SUB>", "\u001a")
            .Replace("<ESC>", "\u001b")
            .ToString();

    private static async Task Settled(ScriptedModem wire)
    {
        while (!wire.IsRead)
        {
            await Task.Yield();
        }
    }
}
