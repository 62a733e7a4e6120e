using Actors.Cli.Client;

namespace Actors.Cli.Tests;

public sealed class EnvelopeStreamTests
{
    private const int Rounds = 3_000;
    private const int InFlight = 4;

    /// <summary>
    /// Not one moment but thousands: the answers end, while what is submitted is anywhere between its caller and the connection,
    /// which takes everything.
    /// </summary>
    [Fact]
    public async Task Whenever_the_answers_end_nobody_is_left_waiting_for_one()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var connection = new EndingConnection();
            await using var stream = EnvelopeStream.Over(connection);
            var submitted = Enumerable.Range(0, InFlight).Select(_ => Task.Run(() => stream.SubmitAsync(new byte[1]))).ToArray();
            var ended = Task.Run(connection.End);
            foreach (var answer in submitted)
            {
                await Assert.ThrowsAsync<IOException>(() => answer.WaitAsync(TimeSpan.FromSeconds(10)));
            }

            await ended;
        }
    }

    /// <summary>Takes all that is written; has nothing to read until it ends.</summary>
    private sealed class EndingConnection : Stream
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void End() => _ended.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _ended.Task.WaitAsync(cancellationToken);
            return 0;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
