using System.CommandLine;
using System.Globalization;
using Gateway.Cli.History;
using Gateway.Cli.Running;

namespace Gateway.Cli.Devices;

/// <summary><c>gateway devices</c>: phones and modems.</summary>
public static class DevicesCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    public static Command Create(Runner runner) =>
        new("devices", "List, show, pair, pause, resume and retire devices.")
        {
            List(runner),
            Show(runner),
            Health(runner),
            Events(runner),
            Pause(runner),
            Resume(runner),
            Retire(runner),
            Pair(runner),
        };

    private static Command List(Runner runner) =>
        runner.Does(
            new Command("list", "List the devices."),
            async call =>
                call.Output.Show(await call.Client.Devices.List(call.Cancellation), DeviceSheets.Devices),
            "gateway devices list"
        );

    private static Command Show(Runner runner)
    {
        var id = Given.Id("device");
        return runner.Does(
            new Command("show", "Show one device.") { id },
            async call =>
                call.Output.Show(
                    await call.Client.Devices.Read(call.Get(id), call.Cancellation),
                    DeviceSheets.Devices
                ),
            $"gateway devices show {AnId}"
        );
    }

    private static Command Health(Runner runner)
    {
        var id = Given.Id("device");
        Option<DateOnly?> day = new("--day")
        {
            Description = "In UTC; today when left out.",
            HelpName = "YYYY-MM-DD",
            CustomParser = given =>
            {
                if (
                    DateOnly.TryParseExact(
                        given.Tokens[0].Value,
                        "O",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var read
                    )
                )
                {
                    return read;
                }

                given.AddError($"'{given.Tokens[0].Value}' is not a day; write it as 2026-01-31.");
                return null;
            },
        };
        return runner.Does(
            new Command("health", "Read what it said of its health on one day.") { id, day },
            async call =>
                call.Output.Show(
                    await call.Client.Devices.Health(call.Get(id), call.Get(day), call.Cancellation),
                    DeviceSheets.Health
                ),
            $"gateway devices health {AnId} --day 2026-01-31"
        );
    }

    private static Command Events(Runner runner)
    {
        var id = Given.Id("device");
        return runner.Does(
            new Command("events", "Read every fact of its life.") { id },
            async call =>
                call.Output.Show(
                    await call.Client.Devices.Events(call.Get(id), call.Cancellation),
                    FactSheets.OfOneStream
                ),
            $"gateway devices events {AnId}"
        );
    }

    private static Command Pause(Runner runner)
    {
        var id = Given.Id("device");
        var reason = Given.Word("--reason", "TEXT", "For the record.");
        return runner.Does(
            new Command("pause", "Give it no more work.") { id, reason },
            async call =>
            {
                await call.Client.Devices.Pause(call.Get(id), call.Get(reason), call.Cancellation);
                call.Output.Done(call.Get(id), "paused", $"Paused device {call.Get(id)}.");
            },
            $"gateway devices pause {AnId} --reason \"the battery is being changed\""
        );
    }

    private static Command Resume(Runner runner)
    {
        var id = Given.Id("device");
        return runner.Does(
            new Command("resume", "Give it work again.") { id },
            async call =>
            {
                await call.Client.Devices.Resume(call.Get(id), call.Cancellation);
                call.Output.Done(call.Get(id), "resumed", $"Resumed device {call.Get(id)}.");
            },
            $"gateway devices resume {AnId}"
        );
    }

    private static Command Retire(Runner runner)
    {
        var id = Given.Id("device");
        return runner.Does(
            new Command("retire", "Take it out of the fleet for good.") { id },
            async call =>
            {
                await call.Client.Devices.Retire(call.Get(id), call.Cancellation);
                call.Output.Done(call.Get(id), "retired", $"Retired device {call.Get(id)}.");
            },
            $"gateway devices retire {AnId}"
        );
    }

    private static Command Pair(Runner runner) =>
        runner.Does(
            new Command("pair", "Make a code that lets one device in."),
            async call =>
            {
                var code = await call.Client.Devices.Pair(call.Cancellation);
                call.Output.Show(code, DeviceSheets.Codes);
                call.Output.Hint(
                    $"On the device: agent pair --server {CommandException.Name(call.Url)} --code {code.Code}"
                );
            },
            "gateway devices pair",
            "gateway devices pair --quiet"
        );
}
