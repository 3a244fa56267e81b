using Microsoft.Extensions.Time.Testing;

namespace Gateway.Specs.Modems;

/// <summary>Lets time pass for a modem's driver.</summary>
internal static class Clockwork
{
    /// <summary>Moves the clock whenever the driver has taken in all that was said, until the task is done.</summary>
    public static async Task<T> Pass<T>(FakeTimeProvider time, ScriptedModem modem, Task<T> task)
    {
        while (await Task.WhenAny(task, Task.Delay(5)) != task)
        {
            if (modem.IsRead)
            {
                time.Advance(TimeSpan.FromMilliseconds(250));
            }
        }

        return await task;
    }
}
