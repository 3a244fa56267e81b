using Gateway.DeviceAgent.Modem.At;
using Gateway.DeviceAgent.Modem.Simulator;

namespace Gateway.DeviceAgent.Modem;

/// <summary>Opens radios by their URI: the one place that knows every kind.</summary>
public static class RadioFactory
{
    /// <exception cref="FormatException">The URI names no radio we know, or its options are wrong.</exception>
    /// <exception cref="IOException">The radio is not there.</exception>
    public static async Task<IRadio> Open(string uri, TimeProvider time, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var parsed = RadioUri.Parse(uri);
        return parsed.Scheme switch
        {
            "sim" => SimulatedRadio.Open(parsed, time),
            "at" or "at+tcp" or "at+unix" => await SteadyAtRadio.Open(
                again => AtRadio.Open(parsed, time, again),
                time,
                stop
            ),
            _ => throw new FormatException($"There is no radio of kind '{parsed.Scheme}'."),
        };
    }
}
