// SPDX-License-Identifier: Apache-2.0
// java JavaTruth.java < pairs.tsv: prints the file with its third column as this Java answers.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

public class JavaTruth {
    private static final Pattern TOKEN = Pattern.compile("<U[+]([0-9A-F]{4,6})>");

    private static String decoded(String field) {
        return TOKEN.matcher(field).replaceAll(token -> Matcher.quoteReplacement(
            Character.toString(Integer.parseInt(token.group(1), 16))));
    }

    private static String answer(String pattern, String subject) {
        try {
            return String.valueOf(Pattern.compile(pattern).matcher(subject).matches());
        } catch (PatternSyntaxException e) {
            return "invalid";
        }
    }

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        for (String line; (line = in.readLine()) != null; ) {
            String[] f = line.split("\t", -1);
            boolean pair = f.length >= 2 && !line.startsWith("# ");
            String found = pair ? answer(decoded(f[0]), decoded(f[1])) : "";
            out.print((pair ? f[0] + "\t" + f[1] + "\t" + found : line) + "\n");
        }
        out.flush();
    }
}
