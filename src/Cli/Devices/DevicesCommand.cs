using System.CommandLine;
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
            DiffCommand.Create(
                runner,
                "device",
                (call, id, from, to) => call.Client.Devices.Diff(id, from, to, call.Cancellation)
            ),
            Pause(runner),
            Resume(runner),
            Retire(runner),
            Pair(runner),
        };

    private static Command List(Runner runner)
    {
        var list = new Command("list", "List the devices, now or as they were.");
        var view = PointOfView.Of(list, runner);
        return runner.Does(
            list,
            call =>
                view.Show(
                    call,
                    past => call.Client.Devices.ListThen(past, call.Cancellation),
                    devices => call.Output.Show(devices, DeviceSheets.Devices)
                ),
            "gateway devices list",
            "gateway devices list --as-of 2026-01-31T12:00:00Z"
        );
    }

    private static Command Show(Runner runner)
    {
        var id = Given.Id("device");
        var show = new Command("show", "Show one device, now or as it was.") { id };
        var view = PointOfView.Of(show, runner);
        return runner.Does(
            show,
            call =>
                view.Show(
                    call,
                    past => call.Client.Devices.ReadThen(call.Get(id), past, call.Cancellation),
                    device => call.Output.Show(device, DeviceSheets.Devices)
                ),
            $"gateway devices show {AnId}"
        );
    }

    private static Command Health(Runner runner)
    {
        var id = Given.Id("device");
        var day = Given.Day("--day", "In UTC; today when left out.");
        var health = new Command(
            "health",
            "Read what it said of its health on one day, as it is or was known."
        )
        {
            id,
            day,
        };
        var view = PointOfView.Of(health, runner);
        return runner.Does(
            health,
            call =>
            {
                var (devices, device, when) = (call.Client.Devices, call.Get(id), call.Get(day));
                return view.Show(
                    call,
                    past => devices.HealthThen(device, past, when, call.Cancellation),
                    said => call.Output.Show(said, DeviceSheets.Health)
                );
            },
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
