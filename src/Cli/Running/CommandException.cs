using System.Text.Json;
using Gateway.Client;

namespace Gateway.Cli.Running;

/// <summary>A command that can't be done: one sentence for a person, one number for a script.</summary>
public sealed class CommandException(int exitCode, string sentence) : Exception(sentence)
{
    public int ExitCode => exitCode;

    /// <summary>What went wrong, in the words of this command line; null for what is a bug.</summary>
    /// <param name="url">Whom we spoke to; null before that was settled.</param>
    public static CommandException? Of(Exception failure, Uri? url) =>
        failure switch
        {
            CommandException known => known,
            GatewayProblemException problem => new(CodeOf(problem), SentenceOf(problem)),
            HttpRequestException broken => new(
                Running.ExitCode.Unreachable,
                $"{Name(url)} can't be reached: {Reason(broken)}."
            ),
            OperationCanceledException => new(Running.ExitCode.Unreachable, $"{url} didn't answer in time."),
            JsonException => new(
                Running.ExitCode.Unreachable,
                $"{Name(url)} answers, but not as a gateway does; is the address right?"
            ),
            IOException or UnauthorizedAccessException => new(Running.ExitCode.Usage, failure.Message),
            _ => null,
        };

    /// <summary>An address as a person writes it.</summary>
    public static string Name(Uri? url) => url is null ? "The gateway" : url.ToString().TrimEnd('/');

    /// <summary>What is behind it, in a few words.</summary>
    public static string Reason(Exception failure) =>
        (failure.InnerException?.Message ?? failure.Message).TrimEnd('.');

    private static int CodeOf(GatewayProblemException problem) =>
        (int)problem.Status switch
        {
            401 or 403 => Running.ExitCode.Forbidden,
            502 or 503 or 504 => Running.ExitCode.Unreachable,
            _ => Running.ExitCode.Refused,
        };

    private static string SentenceOf(GatewayProblemException problem)
    {
        if (problem.Code == "route-is-unknown")
        {
            return "This gateway doesn't know how; it may be older than this command line. (route-is-unknown)";
        }

        var fields = problem.Errors.SelectMany(field => field.Value).ToList();
        var detail = fields.Count == 0 ? problem.Detail : string.Join(' ', fields);
        return $"{detail} ({problem.Code})";
    }
}
