using Gateway.Scenarios.Webhooks;

namespace Gateway.Scenarios.CommandLine;

public class ReplayingByHand(SharedGateway shared)
{
    [Fact]
    public async Task A_replay_is_counted_begun_paused_resumed_and_waited_for()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 6);
        var id = await shell.Done("webhooks", "add", receiver.Url, "message.queued", "--quiet");
        var hook = id.Split('\n')[0];

        var count = await shell.Done("webhooks", "replay", hook, "--from", "0", "--count", "--quiet");
        var replay = await shell.Done("webhooks", "replay", hook, "--from", "0", "--rate", "1", "--quiet");
        await shell.Done("webhooks", "pause-replay", hook);
        var paused = (await shell.Json("webhooks", "replays", hook))[0];
        await shell.Done("webhooks", "resume-replay", hook);
        await receiver.Wait(1);
        var stopped = await shell.Json("webhooks", "stop-replay", hook, replay);
        var again = await shell.Done("webhooks", "replay", hook, "--from", "1h", "--rate", "100", "--wait");
        var nothing = await shell.Run("webhooks", "pause-replay", hook);

        Assert.Equal("6", count);
        Assert.Equal("paused", paused.GetProperty("status").GetString());
        Assert.Equal("stopped", stopped[0].GetProperty("status").GetString());
        Assert.Contains("6 of 6", again);
        Assert.Equal((1, "No replay of it is under way."), (nothing.Code, nothing.Error.Trim()));
    }
}
