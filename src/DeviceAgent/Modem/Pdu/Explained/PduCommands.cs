using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.DeviceAgent.Gateway;

namespace Gateway.DeviceAgent.Modem.Pdu.Explained;

/// <summary><c>agent pdu</c>: shows people what a PDU says, and proves the codec against files of vectors.</summary>
public static class PduCommands
{
    public static Command Create() =>
        new("pdu", "Look into the PDUs that modems speak (3GPP TS 23.040).")
        {
            Decode(),
            EncodeCommand.Create(),
            Check(),
            Fuzz(),
        };

    private static Command Decode()
    {
        Argument<string[]> pdus = new("HEX")
        {
            Description = "PDUs in hexadecimal, beginning with the service-centre field.",
            Arity = ArgumentArity.OneOrMore,
        };
        var decode = new Command("decode", "Say what is in a PDU.") { pdus };
        decode.SetAction(given =>
        {
            var code = AgentExit.Stopped;
            foreach (var hex in given.GetRequiredValue(pdus))
            {
                var (kind, fields, fault) = PduReading.Any(hex);
                if (fault is not null)
                {
                    Console.Error.WriteLine(fault);
                    code = AgentExit.Usage;
                    continue;
                }

                Console.WriteLine(kind);
                Write(fields);
            }

            return code;
        });
        return decode;
    }

    private static Command Check()
    {
        Argument<FileInfo> file = new("FILE")
        {
            Description = "Vectors as JSON: id, kind, inputs, expected.",
        };
        file.AcceptExistingOnly();
        var check = new Command("check", "Run a file of vectors; ends with: N passed, N failed.") { file };
        check.SetAction(given =>
        {
            var (passed, failed) = (0, 0);
            foreach (var vector in PduVector.Read(given.GetRequiredValue(file).FullName))
            {
                var differences = vector.Differences();
                foreach (var difference in differences)
                {
                    Console.WriteLine($"{vector.Id}: {difference}");
                }

                (passed, failed) = differences.Count == 0 ? (passed + 1, failed) : (passed, failed + 1);
            }

            Console.WriteLine($"{passed} passed, {failed} failed");
            return failed == 0 ? AgentExit.Stopped : AgentExit.Usage;
        });
        return check;
    }

    private static Command Fuzz()
    {
        Option<int> count = new("--count")
        {
            Description = "How many PDUs to damage and read.",
            DefaultValueFactory = _ => 1_000_000,
        };
        Option<int> seed = new("--seed")
        {
            Description = "The same seed damages the same.",
            DefaultValueFactory = _ => 1,
        };
        var fuzz = new Command("fuzz", "Read damaged PDUs; none may break the codec or hold it up.")
        {
            count,
            seed,
        };
        fuzz.SetAction(given =>
        {
            var run = PduFuzz.Run(given.GetValue(seed), given.GetValue(count));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{run.Read:N0} were read, {run.Refused:N0} refused with a reason; the slowest took {run.Slowest.TotalMilliseconds:0.0} ms."
                )
            );
            return AgentExit.Stopped;
        });
        return fuzz;
    }

    internal static void Write(JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            Console.WriteLine($"  {name, -18} {value}");
        }
    }
}
