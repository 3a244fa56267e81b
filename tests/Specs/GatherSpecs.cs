using System.Collections.Concurrent;
using Gateway.Application;

namespace Gateway.Specs;

public class GatherSpecs
{
    [Fact]
    public async Task What_waits_is_handed_on_in_batches_of_bounded_size()
    {
        var sizes = new List<int>();
        var gather = new Gather<int>(
            3,
            1,
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
    public async Task One_lane_keeps_the_order()
    {
        var worked = new List<int>();
        var gather = new Gather<int>(
            4,
            1,
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

    [Fact]
    public async Task Several_lanes_lose_and_double_nothing()
    {
        var worked = new ConcurrentBag<int>();
        var gather = new Gather<int>(
            7,
            3,
            async batch =>
            {
                await Task.Yield();
                foreach (var item in batch)
                {
                    worked.Add(item);
                }
            }
        );
        Fill(gather, 1_000);

        await gather.Run();

        Assert.Equal(Enumerable.Range(0, 1_000), worked.Order());
    }

    [Fact]
    public async Task A_lone_item_does_not_wait_for_a_full_batch()
    {
        var worked = new TaskCompletionSource<int>();
        var gather = new Gather<int>(
            100,
            1,
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
            1,
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

    private static void Fill(Gather<int> gather, int count)
    {
        for (var item = 0; item < count; item++)
        {
            Assert.True(gather.Add(item));
        }

        gather.Complete();
    }
}
