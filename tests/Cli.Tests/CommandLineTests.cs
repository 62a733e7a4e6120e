namespace Actors.Cli.Tests;

/// <summary>What is typed wrong is said in one line, with exit code 2, and nothing is done.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Required command was not provided")]
    [InlineData("'fly'", "fly")]
    [InlineData("'Demo' is not a chain id", "chain", "show", "Demo")]
    [InlineData("'demo.2.52' is not an account address", "account", "show", "demo.2.52")]
    [InlineData("'2' is not an account address", "account", "show", "2")]
    [InlineData("'ftp://x' is not a node address", "chain", "list", "--node", "ftp://x")]
    [InlineData("'x' is not a stretch of time", "chain", "list", "--wait", "x")]
    [InlineData("'0' is not a keyset", "keyset", "show", "0", "--chain", "demo")]
    [InlineData("'12,5' is not an amount", "post", "1", "--amount", "12,5", "--key", "k.pem")]
    [InlineData("reference 'seventeen letters' has 17 bytes", "transfer", "--reference", "seventeen letters")]
    [InlineData("Option '--key' is required", "void", "1")]
    [InlineData("'abc' is not a transaction id", "receipt", "get", "abc")]
    [InlineData("A hash is 64 hex digits, found 'abc'", "verify", "file", "--genesis", "abc")]
    [InlineData("Argument 'triple' not recognized", "bench", "transfers", "--signing", "triple")]
    [InlineData("weight 256 of key 'k.pem' is out of range", "chain", "create", "demo", "--member", "k.pem:256")]
    [InlineData("cannot read key file nowhere.pem", "chain", "create", "demo", "--member", "nowhere.pem")]
    public async Task A_mistyped_command_line_is_refused(string expected, params string[] arguments) =>
        (await CliRun.OfAsync(arguments)).Expect(ExitCode.CouldNotRun).ExpectError(expected);

    [Fact]
    public async Task The_hint_names_the_command_that_was_typed() =>
        (await CliRun.OfAsync("account", "show")).Expect(ExitCode.CouldNotRun).ExpectError("try 'actors account show --help'");

    [Theory]
    [InlineData("--help")]
    [InlineData("pending", "--help")]
    [InlineData("bench", "transfers", "--help")]
    public async Task Help_is_an_answer(params string[] arguments)
    {
        var run = (await CliRun.OfAsync(arguments)).Expect(ExitCode.Fine);
        Assert.Contains("Usage:", run.Out);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_chain_must_be_named_where_no_address_names_it() =>
        (await CliRun.OfAsync("pending", "show", "1")).Expect(ExitCode.CouldNotRun).ExpectError("which chain?");

    [Fact]
    public async Task An_address_on_another_chain_than_the_one_named_is_refused() =>
        (await CliRun.OfAsync("account", "proof", "demo.2.84", "--chain", "other")).Expect(ExitCode.CouldNotRun).ExpectError("on another chain than other");

    [Fact]
    public async Task A_node_that_is_not_there_is_said_at_once_and_for_programs_too()
    {
        var run = (await CliRun.OfAsync("chain", "list", "--node", "http://127.0.0.1:1", "--json")).Expect(ExitCode.CouldNotRun).ExpectError("cannot reach the node");
        Assert.Equal(2, run.Json["exitCode"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_account_number_gets_its_check_digits()
    {
        var run = (await CliRun.OfAsync("account", "address", "2", "--chain", "demo", "--json")).Expect(ExitCode.Fine);
        Assert.Equal("demo.2.84", run.Json["address"]!.GetValue<string>());
    }
}
