using Gateway.Domain.Replays;
using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Specs.Replays;

public class WebhookReplaySpecs
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly Instant Later = Noon + Duration.FromSeconds(10);
    private static readonly Guid Id = new("01920000-0000-7000-8000-000000000001");
    private static readonly Guid Hook = new("01920000-0000-7000-8000-0000000000b1");
    private static readonly Guid Other = new("01920000-0000-7000-8000-0000000000b2");
    private static readonly FailedCall Refusal = new(Other, 401, 503, null);
    private static readonly WebhookReplayRequested Requested = new(
        Hook,
        7,
        900,
        ["message.sent"],
        null,
        null,
        null,
        10,
        42,
        Noon
    );
    private static readonly WebhookReplayPaused Paused = new(Hook, "asked", null, Noon);
    private static readonly WebhookReplayStopped Stopped = new(Hook, "asked", Noon);
    private static readonly WebhookReplayAdvanced Advanced = new(Hook, 400, 20, 2, Later);
    private static readonly Webhook Shop = Fold(
        new WebhookRegistered("https://example.com/hook", ["message.sent", "device.*"], null, Noon)
    );

    [Fact]
    public void A_webhook_is_told_again_only_what_it_asked_for() =>
        Assert.Equal(["message.sent"], WebhookReplay.TypesOf(Shop, ["message.*"]));

    [Fact]
    public void Without_a_choice_it_is_told_all_that_it_asked_for() =>
        Assert.Equal(
            WebhookEventTypes.All.Where(type =>
                type == "message.sent" || type.StartsWith("device.", StringComparison.Ordinal)
            ),
            WebhookReplay.TypesOf(Shop, [])
        );

    [Fact]
    public void What_it_never_asked_for_is_refused() =>
        Replay()
            .When(_ => WebhookReplay.Request(Shop, null, Requested with { Events = ["consent.*"] }))
            .Refused(new WebhookEventIsNotSubscribed());

    [Fact]
    public void An_event_type_that_does_not_exist_is_refused() =>
        Replay()
            .When(_ => WebhookReplay.Request(Shop, null, Requested with { Events = ["fax.sent"] }))
            .Refused(new WebhookEventIsUnknown("fax.sent"));

    [Fact]
    public void A_webhook_that_is_disabled_or_removed_is_told_nothing_again()
    {
        var (disabled, removed) = (new WebhookDisabled("gone", Noon), new WebhookRemoved(Noon));
        var registered = new WebhookRegistered(Shop.Url, Shop.Events, null, Noon);

        Replay()
            .When(_ => WebhookReplay.Request(Fold(registered, disabled), null, Requested))
            .Refused(new WebhookIsDisabled());
        Replay()
            .When(_ => WebhookReplay.Request(Fold(registered, removed), null, Requested))
            .Refused(new WebhookIsUnknown());
        Replay().When(_ => WebhookReplay.Request(null, null, Requested)).Refused(new WebhookIsUnknown());
    }

    [Fact]
    public void One_begins_when_none_is_under_way() =>
        Replay().When(_ => WebhookReplay.Request(Shop, null, Requested)).Recorded(Requested);

    [Fact]
    public void While_one_runs_or_is_paused_another_is_refused()
    {
        Replay(Requested)
            .When(running => WebhookReplay.Request(Shop, running, Requested))
            .Refused(new ReplayIsRunning(Id));
        Replay(Requested, Paused)
            .When(paused => WebhookReplay.Request(Shop, paused, Requested))
            .Refused(new ReplayIsRunning(Id));
    }

    [Fact]
    public void After_one_was_stopped_another_may_begin() =>
        Replay(Requested, Stopped)
            .When(stopped => WebhookReplay.Request(Shop, stopped, Requested))
            .Recorded(Requested);

    [Fact]
    public void It_is_paused_and_resumed_once()
    {
        Replay(Requested).When(replay => WebhookReplay.Pause(replay, Hook, Noon)).Recorded(Paused);
        Replay(Requested, Paused).When(replay => WebhookReplay.Pause(replay, Hook, Later)).NothingHappens();
        Replay(Requested, Paused)
            .When(replay => WebhookReplay.Resume(replay, Hook, Noon))
            .Recorded(new WebhookReplayResumed(Hook, Noon));
        Replay(Requested).When(replay => WebhookReplay.Resume(replay, Hook, Noon)).NothingHappens();
    }

    [Fact]
    public void It_is_stopped_once_whether_it_runs_or_waits()
    {
        Replay(Requested).When(replay => WebhookReplay.Stop(replay, Hook, Noon)).Recorded(Stopped);
        Replay(Requested, Paused).When(replay => WebhookReplay.Stop(replay, Hook, Noon)).Recorded(Stopped);
        Replay(Requested, Stopped).When(replay => WebhookReplay.Stop(replay, Hook, Later)).NothingHappens();
    }

    [Fact]
    public void What_is_over_neither_waits_nor_goes_on()
    {
        Replay(Requested, Stopped)
            .When(replay => WebhookReplay.Pause(replay, Hook, Later))
            .Refused(new ReplayIsOver());
        Replay(Requested, Stopped)
            .When(replay => WebhookReplay.Resume(replay, Hook, Later))
            .Refused(new ReplayIsOver());
    }

    [Fact]
    public void A_replay_of_another_webhook_is_unknown()
    {
        Replay(Requested).When(r => WebhookReplay.Pause(r, Other, Noon)).Refused(new ReplayIsUnknown());
        Replay(Requested, Paused)
            .When(r => WebhookReplay.Resume(r, Other, Noon))
            .Refused(new ReplayIsUnknown());
        Replay(Requested).When(r => WebhookReplay.Stop(r, Other, Noon)).Refused(new ReplayIsUnknown());
        Replay().When(r => WebhookReplay.Stop(r, Hook, Noon)).Refused(new ReplayIsUnknown());
    }

    [Fact]
    public void How_far_it_has_come_is_recorded_when_it_has_moved()
    {
        Replay(Requested).When(r => WebhookReplay.Report(r, new(400, 20, 2), Later)).Recorded(Advanced);
        Replay(Requested, Advanced)
            .When(r => WebhookReplay.Report(r, new(400, 20, 2), Later))
            .NothingHappens();
    }

    [Fact]
    public void A_receiver_that_fails_has_it_wait_and_the_call_is_on_record() =>
        Replay(Requested)
            .When(r => WebhookReplay.Report(r, new(400, 20, 2, "paused", "attempts_used_up", Refusal), Later))
            .Recorded(Advanced, new WebhookReplayPaused(Hook, "attempts_used_up", Refusal, Later));

    [Fact]
    public void When_all_is_told_it_is_finished()
    {
        var finished = new WebhookReplayFinished(Hook, 42, 2, Later);
        Replay(Requested, Advanced)
            .When(r => WebhookReplay.Report(r, new(900, 42, 2, "finished"), Later))
            .Recorded(finished);

        var replay = Replay(Requested, Advanced, finished).State!;
        Assert.Equal(
            ("finished", 900, 42, 0),
            (replay.Status, replay.Position, replay.Sent, replay.Remaining)
        );
    }

    [Fact]
    public void What_was_under_way_when_it_was_paused_is_counted_and_the_pause_stands()
    {
        Replay(Requested, Paused)
            .When(r => WebhookReplay.Report(r, new(400, 20, 2, "finished"), Later))
            .Recorded(Advanced);

        var replay = Replay(Requested, Paused, Advanced).State!;
        Assert.Equal(("paused", 400, 20), (replay.Status, replay.Position, replay.Sent));
    }

    [Fact]
    public void A_webhook_that_is_removed_ends_it() =>
        Replay(Requested)
            .When(r => WebhookReplay.Report(r, new(7, 0, 0, "stopped", "removed"), Later))
            .Recorded(new WebhookReplayStopped(Hook, "removed", Later));

    [Fact]
    public void Its_pace_is_that_of_the_last_stretch() =>
        Assert.Equal(2.0, Replay(Requested, Advanced).State!.Pace);

    private static Given<WebhookReplay> Replay(params object[] history) => new(WebhookReplay.Evolve, history);

    private static Webhook Fold(params object[] history) =>
        history.Aggregate((Webhook?)null, (webhook, e) => Webhook.Evolve(webhook, Hook, e))!;
}
