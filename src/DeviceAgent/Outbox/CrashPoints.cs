using System.Runtime.InteropServices;
using Gateway.DeviceAgent.Modem.Simulator;

namespace Gateway.DeviceAgent.Outbox;

/// <summary>Where a scenario may end the process without any clean-up, to see what is left.</summary>
public sealed partial class CrashPoints(CrashPlan? plan)
{
    private const int Killed = 137;
    private int passed;

    /// <summary>Passes a point, or doesn't return.</summary>
    public void Pass(string point)
    {
        if (plan?.Point == point && Interlocked.Increment(ref passed) == plan.Nth)
        {
            _exit(Killed);
        }
    }

    [LibraryImport("libc")]
    private static partial void _exit(int status);
}
