namespace Gateway.Bench.History;

/// <summary>What was measured on a history of one length.</summary>
/// <param name="Feed">Facts a second, read by one reader as server-sent events.</param>
/// <param name="MessageThen">One message as of an instant; milliseconds, one request after the other.</param>
/// <param name="ListThen">A page of 50 messages as of an instant.</param>
/// <param name="Number">The audit of a number.</param>
internal sealed record HistoryResult(
    long Events,
    double Feed,
    Percentiles MessageThen,
    Percentiles ListThen,
    Percentiles Number,
    RebuildMeasured Alone,
    RebuildMeasured UnderLoad
)
{
    /// <summary>A column for each length, in Markdown.</summary>
    public static string Table(IReadOnlyList<HistoryResult> results)
    {
        string Row(string what, Func<HistoryResult, string> number) =>
            $"| {what} | {string.Join(" | ", results.Select(number))} |";
        string Waits(Percentiles waits) => $"{waits.P50:0.0} / {waits.P95:0.0} / {waits.Max:0.0} ms";
        return string.Join(
            '\n',
            Row("events in the log", result => $"{result.Events:N0}"),
            $"|---|{string.Concat(results.Select(_ => "---|"))}",
            Row("feed, one reader from the beginning", result => $"{result.Feed:N0}/s"),
            Row("one message as of an instant, p50 / p95 / max", result => Waits(result.MessageThen)),
            Row("50 messages as of an instant", result => Waits(result.ListThen)),
            Row("the audit of a number", result => Waits(result.Number)),
            Row("rebuild of all views, building", result => $"{result.Alone.BuildingPerSecond:N0}/s"),
            Row("… until the views are swapped", result => $"{result.Alone.Seconds:N0} s"),
            Row("… and all came out the same", result => result.UnderLoad.Differences == 0 ? "yes" : "NO"),
            Row(
                $"the same with {RebuildLoad.OrdersPerSecond} orders a second, building",
                result => $"{result.UnderLoad.BuildingPerSecond:N0}/s"
            ),
            Row("… until the views are swapped", result => $"{result.UnderLoad.Seconds:N0} s"),
            Row("… order → accepted, p50 / p90 / p99 / max", result => result.UnderLoad.Accept.Text),
            Row("… the same load without a rebuild", result => result.UnderLoad.AcceptBefore.Text),
            Row("… orders refused", result => $"{result.UnderLoad.Refused}"),
            Row("the gateway's memory, peak", result => $"{result.UnderLoad.Peak / 1_000_000:N0} MB")
        );
    }
}
