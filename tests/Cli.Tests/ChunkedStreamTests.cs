using System.Text;
using Actors.Cli.Client;

namespace Actors.Cli.Tests;

public sealed class ChunkedStreamTests
{
    [Fact]
    public async Task Items_may_lie_across_chunks()
    {
        var chunks = new ChunkedStream(new MemoryStream("3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\n\r\n"u8.ToArray()));
        var item = new byte[4];
        Assert.True(await chunks.TryReadAsync(item, default));
        Assert.Equal("abcd", Encoding.ASCII.GetString(item));
        Assert.True(await chunks.TryReadAsync(item, default));
        Assert.Equal("efgh", Encoding.ASCII.GetString(item));
        Assert.False(await chunks.TryReadAsync(item, default));
    }

    [Theory]
    [InlineData("3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("3\r\nab")]
    [InlineData("xyz\r\nabcd")]
    public async Task What_ends_inside_an_item_or_is_no_chunk_is_an_error(string text) =>
        await Assert.ThrowsAnyAsync<IOException>(async () => await new ChunkedStream(new MemoryStream(Encoding.ASCII.GetBytes(text))).TryReadAsync(new byte[4], default));

    [Fact]
    public async Task What_is_written_can_be_read()
    {
        var connection = new MemoryStream();
        var written = new ChunkedStream(connection);
        await written.WriteAsync("hello "u8.ToArray(), default);
        await written.WriteAsync("world"u8.ToArray(), default);
        await written.WriteEndAsync(default);
        Assert.Equal("6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n", Encoding.ASCII.GetString(connection.ToArray()));
    }
}
