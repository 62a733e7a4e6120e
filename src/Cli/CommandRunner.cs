using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Cli;

/// <summary>
/// Gives commands their action: a session in, an exit code out. The one place where failures become a line on stderr (and,
/// for programs, an object on stdout unless the command has answered).
/// </summary>
internal sealed class CommandRunner(CommonOptions common, Streams streams)
{
    public CommonOptions Common { get; } = common;

    public Command Run(Command command, Action<Session> action) => RunAsync(command, (session, _) =>
    {
        action(session);
        return Task.CompletedTask;
    });

    public Command RunAsync(Command command, Func<Session, CancellationToken, Task> action) => RunAsync(command, async (session, cancellation) =>
    {
        await action(session, cancellation);
        return ExitCode.Fine;
    });

    public Command RunAsync(Command command, Func<Session, CancellationToken, Task<int>> action)
    {
        command.SetAction((typed, cancellation) => RunAsync(new Session(typed, streams, typed.GetValue(Common.Json)), action, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, Func<Session, CancellationToken, Task<int>> action, CancellationToken cancellation)
    {
        try
        {
            return await action(session, cancellation);
        }
        catch (RefusedException refusal)
        {
            return Fail(session, ExitCode.FoundWrong, refusal.Message, refusal.Outcome);
        }
        catch (MalformedException malformed)
        {
            return Fail(session, ExitCode.FoundWrong, RefusedException.Describe(malformed.Outcome, malformed.Message), malformed.Outcome);
        }
        catch (HttpRequestException fault)
        {
            return Fail(session, ExitCode.CouldNotRun, $"cannot reach the node: {fault.Message}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail(session, ExitCode.CouldNotRun, "interrupted");
        }
        catch (TaskCanceledException)
        {
            return Fail(session, ExitCode.CouldNotRun, "the node did not answer in time");
        }
        catch (Exception fault) when (fault is CannotRunException or NodeProblemException or EngineFaultException or StoreException or IOException or UnauthorizedAccessException)
        {
            return Fail(session, ExitCode.CouldNotRun, fault.Message);
        }
    }

    private static int Fail(Session session, int exitCode, string message, Outcome? outcome = null)
    {
        session.Streams.Error.WriteLine("actors: " + message.ReplaceLineEndings(" "));
        if (session.Json && !session.HasAnswered)
        {
            var answer = new JsonObject { ["error"] = message, ["exitCode"] = exitCode };
            if (outcome is { } named)
            {
                answer["outcome"] = (int)named;
                answer["outcomeName"] = named.ToString();
            }

            session.Answer(answer);
        }

        return exitCode;
    }
}
