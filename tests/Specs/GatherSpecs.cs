using Gateway.Application;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Specs;

public class GatherSpecs
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task What_waits_is_handed_on_in_batches_of_bounded_size()
    {
        var sizes = new List<int>();
        var gather = new Gather<int>(
            3,
            time,
            batch =>
            {
                sizes.Add(batch.Count);
                return Task.CompletedTask;
            }
        );
        Fill(gather, 7);

        await gather.Run();

        Assert.Equal([3, 3, 1], sizes);
    }

    [Fact]
    public async Task The_order_is_kept()
    {
        var worked = new List<int>();
        var gather = new Gather<int>(
            4,
            time,
            async batch =>
            {
                await Task.Yield();
                worked.AddRange(batch);
            }
        );
        Fill(gather, 1_000);

        await gather.Run();

        Assert.Equal(Enumerable.Range(0, 1_000), worked);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(10, 5)]
    public async Task After_a_crowd_the_next_batch_fills_for_as_long_as_that_one_took_within_the_pace(
        int took,
        int rest
    )
    {
        var (gather, batches) = Taking(took);
        gather.Add(1);
        gather.Add(2);
        var running = gather.Run();

        gather.Add(3);
        time.Advance(TimeSpan.FromMilliseconds(rest - 1));
        gather.Add(4);
        Assert.Equal([2], batches);

        time.Advance(TimeSpan.FromMilliseconds(1));
        gather.Complete();
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal([2, 2], batches);
    }

    [Fact]
    public async Task A_batch_that_took_its_time_is_followed_at_once()
    {
        var (gather, batches) = Taking(15);
        gather.Add(1);
        gather.Add(2);
        var running = gather.Run();

        gather.Add(3);
        gather.Complete();
        await running;

        Assert.Equal([2, 1], batches);
    }

    [Fact]
    public async Task A_lone_item_does_not_wait_for_a_full_batch()
    {
        var worked = new TaskCompletionSource<int>();
        var gather = new Gather<int>(
            100,
            time,
            batch =>
            {
                worked.SetResult(batch.Count);
                return Task.CompletedTask;
            }
        );
        var running = gather.Run();
        gather.Add(1);

        Assert.Equal(1, await worked.Task.WaitAsync(TestContext.Current.CancellationToken));
        gather.Complete();
        await running;
    }

    [Fact]
    public async Task After_completion_nothing_is_taken_and_what_was_taken_is_worked_off()
    {
        var worked = new List<int>();
        var gather = new Gather<int>(
            2,
            time,
            batch =>
            {
                worked.AddRange(batch);
                return Task.CompletedTask;
            }
        );
        Fill(gather, 3);

        Assert.False(gather.Add(4));
        await gather.Run();
        Assert.Equal([0, 1, 2], worked);
    }

    /// <summary>A gathering whose batches take so many milliseconds each, and the sizes of its batches so far.</summary>
    private (Gather<int> Gather, List<int> Batches) Taking(int milliseconds)
    {
        var batches = new List<int>();
        var gather = new Gather<int>(
            100,
            time,
            batch =>
            {
                batches.Add(batch.Count);
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                return Task.CompletedTask;
            }
        );
        return (gather, batches);
    }

    private static void Fill(Gather<int> gather, int count)
    {
        for (var item = 0; item < count; item++)
        {
            Assert.True(gather.Add(item));
        }

        gather.Complete();
    }
}
