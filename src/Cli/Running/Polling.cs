namespace Gateway.Cli.Running;

/// <summary>Asking again and again, quickly at first.</summary>
public static class Polling
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>The first answer that is enough.</summary>
    public static async Task<T> Until<T>(Call call, Func<Task<T>> ask, Func<T, bool> isEnough)
    {
        var pause = Pause;
        while (true)
        {
            var answer = await ask();
            if (isEnough(answer))
            {
                return answer;
            }

            await Task.Delay(pause, call.Here.Time, call.Cancellation);
            pause = pause * 1.3 < LongestPause ? pause * 1.3 : LongestPause;
        }
    }
}
