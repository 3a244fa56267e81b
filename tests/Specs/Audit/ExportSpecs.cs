using Gateway.Domain.Audit;
using NodaTime;

namespace Gateway.Specs.Audit;

public class ExportSpecs
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly Instant Later = Noon + Duration.FromHours(1);
    private static readonly Duration Week = Duration.FromDays(7);
    private static readonly ExportRequested Requested = new(
        "jsonl",
        [],
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        9,
        Noon
    );
    private static readonly ExportFinished Finished = new(
        1,
        [new("message_sent", 1)],
        new(8, Noon),
        new(8, Noon),
        512,
        new string('a', 64),
        "gateway 0.1.0",
        Noon
    );

    [Fact]
    public void Asking_with_the_same_id_twice_makes_one_export()
    {
        Given().When(export => Export.Request(export, Requested, 0)).Recorded(Requested);
        Given(Requested).When(export => Export.Request(export, Requested, 1)).NothingHappens();
    }

    [Fact]
    public void A_tenant_cannot_have_any_number_at_a_time() =>
        Given()
            .When(export => Export.Request(export, Requested, Export.MostRunning))
            .Refused(new TooManyExports(Export.MostRunning));

    [Fact]
    public void An_export_is_finished_once()
    {
        Given(Requested).When(export => Export.Finish(export, Finished)).Recorded(Finished);
        Given(Requested, Finished).When(export => Export.Finish(export, Finished)).NothingHappens();
        Given().When(export => Export.Finish(export, Finished)).Refused(new ExportIsUnknown());
    }

    [Fact]
    public void An_export_that_was_cancelled_meanwhile_stays_so()
    {
        var given = Given(Requested, new ExportCancelled(Noon));

        given.When(export => Export.Finish(export, Finished)).NothingHappens();
        given.When(export => Export.Fail(export, "disk_is_full", Later)).NothingHappens();
    }

    [Fact]
    public void Why_an_export_failed_is_known()
    {
        Given(Requested)
            .When(export => Export.Fail(export, "disk_is_full", Later))
            .Recorded(new ExportFailed("disk_is_full", Later));
        Assert.Equal(
            "disk_is_full",
            Given(Requested, new ExportFailed("disk_is_full", Later)).State?.Failure
        );
    }

    [Fact]
    public void Removing_calls_off_what_is_being_written_and_takes_away_what_is_done()
    {
        Given(Requested).When(x => Export.Remove(x, Later)).Recorded(new ExportCancelled(Later));
        Given(Requested, Finished).When(x => Export.Remove(x, Later)).Recorded(new ExportRemoved(Later));
        Given().When(x => Export.Remove(x, Later)).Refused(new ExportIsUnknown());
    }

    [Fact]
    public void Removing_twice_is_removing_once()
    {
        Given(Requested, new ExportCancelled(Noon)).When(x => Export.Remove(x, Later)).NothingHappens();
        Given(Requested, Finished, new ExportRemoved(Noon))
            .When(x => Export.Remove(x, Later))
            .NothingHappens();
        Given(Requested, new ExportFailed("disk_is_full", Noon))
            .When(x => Export.Remove(x, Later))
            .NothingHappens();
    }

    [Fact]
    public void A_file_is_kept_for_as_long_as_the_gateway_keeps_them()
    {
        var given = Given(Requested, Finished);

        given.When(x => Export.Expire(x, Week, Noon + Week - Duration.Epsilon)).NothingHappens();
        given.When(x => Export.Expire(x, Week, Noon + Week)).Recorded(new ExportExpired(Noon + Week));
        Given(Requested).When(x => Export.Expire(x, Week, Noon + Week)).NothingHappens();
    }

    [Fact]
    public void There_is_a_file_only_between_its_end_and_its_removal()
    {
        Assert.Equal(new ExportIsUnknown(), Export.WhyNoFile(null));
        Assert.Equal(new ExportIsNotDone(), Export.WhyNoFile(Given(Requested).State));
        Assert.Null(Export.WhyNoFile(Given(Requested, Finished).State));
        Assert.Equal(
            new ExportIsGone(ExportStatus.Expired),
            Export.WhyNoFile(Given(Requested, Finished, new ExportExpired(Later)).State)
        );
    }

    [Fact]
    public void What_an_export_had_is_known_when_its_file_is_gone() =>
        Assert.Equal(Finished, Given(Requested, Finished, new ExportRemoved(Later)).State?.Result);

    private static Given<Export> Given(params object[] history) => new(Export.Evolve, history);
}
