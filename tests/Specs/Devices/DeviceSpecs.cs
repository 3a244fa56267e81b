using Gateway.Domain.Devices;
using NodaTime;

namespace Gateway.Specs.Devices;

public class DeviceSpecs
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly DeviceSim Sim = new("sim1", "+447700900001", "Fictional Mobile");
    private static readonly DevicePaired Paired = new("Shelf 1", "Pixel", "public-key", 1, [Sim], Noon);
    private static readonly DeviceConnected Connected = new("boot-1", "1.0", [Sim], Noon);
    private static readonly DeviceWentSilent Silent = new("closed", Noon);
    private static readonly DevicePaused Paused = new("battery", Noon);
    private static readonly DeviceQuarantined Quarantined = new("journal_went_back", Noon);
    private static readonly DeviceRetired Retired = new(Noon);

    [Fact]
    public void A_device_is_paired_once_with_the_same_key()
    {
        Given().When(d => Device.Pair(d, Paired)).Recorded(Paired);
        Given(Paired).When(d => Device.Pair(d, Paired)).NothingHappens();
    }

    [Fact]
    public void A_retired_device_may_be_paired_again() =>
        Given(Paired, Retired).When(d => Device.Pair(d, Paired)).Recorded(Paired);

    [Fact]
    public void Every_link_that_comes_up_is_noted()
    {
        Given(Paired).When(d => Device.Connect(d, Connected)).Recorded(Connected);
        Given().When(d => Device.Connect(d, Connected)).Refused(new DeviceIsUnknown());
        Given(Paired, Retired).When(d => Device.Connect(d, Connected)).Refused(new DeviceIsRetired());
        Assert.True(Given(Paired, Connected).State!.IsOnline);
    }

    [Fact]
    public void A_device_goes_silent_once()
    {
        Given(Paired, Connected).When(d => Device.GoSilent(d, "closed", Noon)).Recorded(Silent);
        Given(Paired, Connected, Silent).When(d => Device.GoSilent(d, "closed", Noon)).NothingHappens();
        Given().When(d => Device.GoSilent(d, "closed", Noon)).NothingHappens();
    }

    [Fact]
    public void A_device_is_paused_once_and_resumed_once()
    {
        Given(Paired).When(d => Device.Pause(d, "battery", Noon)).Recorded(Paused);
        Given(Paired, Paused).When(d => Device.Pause(d, "battery", Noon)).NothingHappens();
        Given(Paired, Paused).When(d => Device.Resume(d, Noon)).Recorded(new DeviceResumed(Noon));
        Given(Paired).When(d => Device.Resume(d, Noon)).NothingHappens();
    }

    [Fact]
    public void A_quarantine_outlasts_a_pause_and_ends_by_a_resume()
    {
        Given(Paired, Paused)
            .When(d => Device.Quarantine(d, "journal_went_back", Noon))
            .Recorded(Quarantined);
        Given(Paired, Quarantined).When(d => Device.Pause(d, "battery", Noon)).NothingHappens();
        Given(Paired, Quarantined)
            .When(d => Device.Quarantine(d, "journal_went_back", Noon))
            .NothingHappens();
        Assert.Equal("quarantined", Given(Paired, Quarantined, Paused).State!.Refusal);
        Assert.Null(Given(Paired, Quarantined, new DeviceResumed(Noon)).State!.Refusal);
    }

    [Fact]
    public void A_retired_device_stays_retired()
    {
        Given(Paired).When(d => Device.Retire(d, Noon)).Recorded(Retired);
        Given(Paired, Retired).When(d => Device.Retire(d, Noon)).NothingHappens();
        Given(Paired, Retired).When(d => Device.Pause(d, "battery", Noon)).Refused(new DeviceIsRetired());
        Given(Paired, Retired).When(d => Device.Resume(d, Noon)).Refused(new DeviceIsRetired());
        Given(Paired, Retired).When(d => Device.Quarantine(d, "journal_went_back", Noon)).NothingHappens();
        Assert.Equal("retired", Given(Paired, Retired, new DeviceResumed(Noon)).State!.Refusal);
    }

    [Fact]
    public void Nothing_is_decided_about_an_unknown_device()
    {
        Given().When(d => Device.Pause(d, "battery", Noon)).Refused(new DeviceIsUnknown());
        Given().When(d => Device.Resume(d, Noon)).Refused(new DeviceIsUnknown());
        Given().When(d => Device.Retire(d, Noon)).Refused(new DeviceIsUnknown());
    }

    [Fact]
    public void Another_SIM_changes_the_number_of_its_slot_only()
    {
        var changed = new SimChanged("sim1", "ready", "1234", "+447700900002", Noon);

        Assert.Equal("+447700900002", Given(Paired, changed).State!.Sims[0].Number);
        Assert.Equal("+447700900001", Given(Paired, changed with { Sim = "sim2" }).State!.Sims[0].Number);
        Assert.Equal("+447700900001", Given(Paired, changed with { Number = null }).State!.Sims[0].Number);
    }

    private static Given<Device> Given(params object[] history) => new(Device.Evolve, history);
}
