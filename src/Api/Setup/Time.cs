using NodaTime;

namespace Gateway.Api.Setup;

/// <summary>One source of time: <see cref="TimeProvider"/> waits, <see cref="IClock"/> tells, and both move together.</summary>
public static class Time
{
    public static void AddTime(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IClock, ClockOfTimeProvider>();
    }

    private sealed class ClockOfTimeProvider(TimeProvider time) : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(time.GetUtcNow());
    }
}
